namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>Slices of a dimension by their numbers, with a number where there is none.</summary>
/// <param name="layer">The layer.</param>
/// <param name="source">The source.</param>
/// <param name="dimension">The dimension.</param>
/// <param name="indices">Which slices; -1 for none.</param>
/// <param name="value">What stands where there is none.</param>
/// <param name="result">The slices.</param>
internal sealed class GatherOperation(
    BoundLayer layer, Value source, int dimension, EquatableArray<int> indices, float value, Value result)
    : Operation(layer)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [source];

    public override IEnumerable<Value> Writes => [result];

    public override string Describe(NameOf name) =>
        $"{indices.Count} slices of dimension {dimension} of [batch, {source.Shape.ToString(", ")}]";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(result, Layer) is { } gradient && gradients.Needs(source))
        {
            gradients.Add(new GatherGradient(Layer, gradient, dimension, indices, gradients.Contribute(source)));
        }
    }

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "Gather.Forward",
            [
                source, result, .. Sizes(source.Shape, dimension), new IntegersArgument(indices),
                .. value == 0f ? (EquatableArray<Argument>)[] : [Argument.Named("value", value)],
            ]),
    ];

    /// <summary>Rows, extent and width of a shape along a dimension.</summary>
    public static EquatableArray<Argument> Sizes(TensorShape shape, int dimension)
    {
        int rows = shape.Dimensions.Take(dimension).Aggregate(1, (product, size) => product * size);
        int extent = shape.Dimensions[dimension];
        return [Size.Times(rows), extent, shape.Count / rows / extent];
    }
}

/// <summary>The sum of a gradient over the places that each slice went to.</summary>
internal sealed class GatherGradient(
    BoundLayer layer, Value gradient, int dimension, EquatableArray<int> indices, Value result) : Operation(layer)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [gradient];

    public override IEnumerable<Value> Writes => [result];

    public override string Describe(NameOf name) =>
        $"[batch, {gradient.Shape.ToString(", ")}] → sums by slice [batch, {result.Shape.ToString(", ")}]";

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "Gather.Backward",
            [gradient, result, .. GatherOperation.Sizes(result.Shape, dimension), new IntegersArgument(indices)]),
    ];
}
