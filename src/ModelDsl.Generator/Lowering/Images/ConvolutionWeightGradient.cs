using ModelDsl.Generator.Lowering.Clipping;

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
    : WeightGradient(layer, outputGradient, input, weightGradient, biasGradient)
{
    public override Operation AddingUp => new ConvolutionWeightGradient(
        Layer, OutputGradient, Input, WeightsGradient, BiasGradient, geometry, accumulate: true);

    public override Work Work =>
        geometry.Work(OutputGradient) + (BiasGradient is null ? Work.None : Work.Elements(OutputGradient));

    public override string Describe(NameOf name)
    {
        string patches = $"[batch, {OutputGradient.Shape.ToString(", ")}] times patches of [batch, {Input.Shape.ToString(", ")}]";
        string bias = BiasGradient is null ? "" : $", and its sums → [{BiasGradient.Shape}]";
        return $"{patches} → {geometry.Describe()}{bias}";
    }

    public override Operation? AddSampleSquares(Value squares) =>
        ConvolutionSampleSquares.IsCheaper(geometry)
            ? new ConvolutionSampleSquares(
                Layer, OutputGradient, Input, geometry, BiasGradient is not null, squares)
            : null;

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "Convolution.WeightGradient",
            [
                OutputGradient, Input, WeightsGradient,
                BiasGradient, geometry.BatchImages, .. geometry.Arguments,
                .. Argument.Flag("accumulate", accumulate),
            ]),
    ];
}
