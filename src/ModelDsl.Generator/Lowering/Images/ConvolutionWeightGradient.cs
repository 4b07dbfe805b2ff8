namespace ModelDsl.Generator.Lowering.Images;

/// <summary>∂weight = Σ over all pixels of ∂output and the patch under it, and ∂bias = the sums of ∂output along with it.</summary>
internal sealed class ConvolutionWeightGradient(
    BoundLayer layer,
    Value outputGradient,
    Value input,
    Value weightGradient,
    Value? biasGradient,
    ConvolutionGeometry geometry,
    bool accumulate)
    : Operation(layer)
{
    public override IEnumerable<Value> Reads => [outputGradient, input];

    public override IEnumerable<Value> Writes =>
        biasGradient is null ? [weightGradient] : [weightGradient, biasGradient];

    public override string Describe(NameOf name)
    {
        string patches = $"[batch, {outputGradient.Shape.ToString(", ")}] times patches of [batch, {input.Shape.ToString(", ")}]";
        string bias = biasGradient is null ? "" : $", and its sums → [{biasGradient.Shape}]";
        return $"{patches} → {geometry.Describe()}{bias}";
    }

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "Convolution.WeightGradient",
            [
                outputGradient, input, weightGradient,
                biasGradient, Argument.Batch, .. geometry.Arguments,
                .. Argument.Flag("accumulate", accumulate),
            ]),
    ];
}
