namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>∂weight = ∂outputᵀ · input over all rows of the batch, and ∂bias = the column sums of ∂output along with it.</summary>
internal sealed class LinearWeightGradient(
    BoundLayer layer,
    Value outputGradient,
    Value input,
    Value weightGradient,
    Value? biasGradient,
    bool accumulate)
    : Operation(layer)
{
    public override IEnumerable<Value> Reads => [outputGradient, input];

    public override IEnumerable<Value> Writes =>
        biasGradient is null ? [weightGradient] : [weightGradient, biasGradient];

    public override string Describe(NameOf name)
    {
        string rows = ShapeText.Rows(input.Shape);
        string product = $"[{rows}, {outputGradient.Shape.Columns}]ᵀ · [{rows}, {input.Shape.Columns}]";
        string bias = biasGradient is null ? "" : $", and its column sums → [{biasGradient.Shape}]";
        return $"{product} → [{weightGradient.Shape.ToString(", ")}]{bias}";
    }

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "MatrixMultiplication.TransposedTimes",
            [
                outputGradient, input, weightGradient, biasGradient,
                outputGradient.Shape.Columns, input.Shape.Columns, Size.Rows(input.Shape),
                .. Argument.Flag("accumulate", accumulate),
            ]),
    ];
}
