using ModelDsl.Generator.Lowering.Clipping;

namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>∂weight from ∂output and the input, over the whole batch, and maybe ∂bias along with it.</summary>
internal abstract class WeightGradient(
    BoundLayer layer, Value outputGradient, Value input, Value weightGradient, Value? biasGradient)
    : Operation(layer)
{
    public override BatchUse BatchUse => BatchUse.Summed;

    public override IEnumerable<Value> Reads => [OutputGradient, Input];

    public override IEnumerable<Value> Writes =>
        BiasGradient is null ? [WeightsGradient] : [WeightsGradient, BiasGradient];

    protected Value OutputGradient { get; } = outputGradient;

    protected Value Input { get; } = input;

    protected Value WeightsGradient { get; } = weightGradient;

    protected Value? BiasGradient { get; } = biasGradient;
}

/// <summary>∂weight = ∂outputᵀ · input over all rows of the batch, and ∂bias = the column sums of ∂output along with it.</summary>
internal sealed class LinearWeightGradient(
    BoundLayer layer,
    Value outputGradient,
    Value input,
    Value weightGradient,
    Value? biasGradient,
    bool accumulate)
    : WeightGradient(layer, outputGradient, input, weightGradient, biasGradient)
{
    public override Operation AddingUp =>
        new LinearWeightGradient(Layer, OutputGradient, Input, WeightsGradient, BiasGradient, accumulate: true);

    public override Work Work =>
        Work.Product(Size.Rows(Input.Shape), Input.Shape.Columns, OutputGradient.Shape.Columns)
        + (BiasGradient is null ? Work.None : Work.Elements(OutputGradient));

    public override string Describe(NameOf name)
    {
        string rows = ShapeText.Rows(Input.Shape);
        string product = $"[{rows}, {OutputGradient.Shape.Columns}]ᵀ · [{rows}, {Input.Shape.Columns}]";
        string bias = BiasGradient is null ? "" : $", and its column sums → [{BiasGradient.Shape}]";
        return $"{product} → [{WeightsGradient.Shape.ToString(", ")}]{bias}";
    }

    public override Operation? AddSampleSquares(Value squares) =>
        LinearSampleSquares.IsCheaper(Input.Shape.Rows, Input.Shape.Columns, OutputGradient.Shape.Columns)
            ? new LinearSampleSquares(Layer, OutputGradient, Input, BiasGradient is not null, squares)
            : null;

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "MatrixMultiplication.TransposedTimes",
            [
                OutputGradient, Input, WeightsGradient, BiasGradient,
                OutputGradient.Shape.Columns, Input.Shape.Columns, Size.Rows(Input.Shape),
                .. Argument.Flag("accumulate", accumulate),
            ]),
    ];
}
