namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>The elements of a source at other places, some of them maybe at several.</summary>
/// <param name="layer">The layer.</param>
/// <param name="source">The source; one for the whole batch may be repeated for each sample.</param>
/// <param name="start">The first element that is read.</param>
/// <param name="walk">Which element goes where.</param>
/// <param name="result">What is written, every element of it.</param>
internal sealed class StridedCopy(BoundLayer layer, Value source, int start, StridedWalk walk, Value result)
    : Operation(layer)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [source];

    public override IEnumerable<Value> Writes => [result];

    public override Work Work => Work.None;

    public override IEnumerable<Value> ReadsInPart => [source];

    public override string Describe(NameOf name) =>
        $"[{(source.Shape.IsFixed ? "" : "batch, ")}{source.Shape.ToString(", ")}] laid out as "
        + $"[batch, {result.Shape.ToString(", ")}]";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(result, Layer) is not { } gradient || !gradients.Needs(source))
        {
            return;
        }

        if (source.Shape.IsFixed)
        {
            OperandGradient.ReduceToParameter(gradients, Layer, gradient, source, walk);
        }
        else if (walk.Repeats)
        {
            gradients.Add(new StridedSum(Layer, gradient, walk, gradients.Contribute(source)));
        }
        else
        {
            gradients.Add(new StridedCopyGradient(Layer, gradient, start, walk.Reverse, gradients.Contribute(source)));
        }
    }

    public override IReadOnlyList<KernelCall> Calls => [CallOf(source, start, walk, result, 0)];

    /// <summary>The call that copies.</summary>
    public static KernelCall CallOf(Value source, int sourceStart, StridedWalk walk, Value destination, int destinationStart) =>
        new(
            "Strides.Copy",
            [
                source, source.Shape.IsFixed ? 0 : source.Shape.Count, sourceStart,
                destination, destination.Shape.Count, destinationStart, Argument.Batch,
                new IntegersArgument(walk.Extents), new IntegersArgument(walk.Sources),
                new IntegersArgument(walk.Destinations),
            ]);
}

/// <summary>A gradient at the places that its elements came from; zero at all others.</summary>
internal sealed class StridedCopyGradient(BoundLayer layer, Value gradient, int start, StridedWalk walk, Value result)
    : Operation(layer)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [gradient];

    public override IEnumerable<Value> Writes => [result];

    public override Work Work => Work.None;

    public override string Describe(NameOf name) =>
        $"[batch, {gradient.Shape.ToString(", ")}] where it came from → [batch, {result.Shape.ToString(", ")}]";

    public override IReadOnlyList<KernelCall> Calls =>
    [
        .. gradient.Shape.Count == result.Shape.Count
            ? (IReadOnlyList<KernelCall>)[]
            : [new("Columns.Clear", [result, result.Shape.Count, 0, Argument.Batch, result.Shape.Count])],
        StridedCopy.CallOf(gradient, 0, walk, result, start),
    ];
}

/// <summary>The sum of a gradient over all places that each element went to.</summary>
internal sealed class StridedSum(BoundLayer layer, Value gradient, StridedWalk walk, Value result) : Operation(layer)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [gradient];

    public override IEnumerable<Value> Writes => [result];

    public override Work Work => Work.Elements(gradient);

    public override string Describe(NameOf name) =>
        $"[batch, {gradient.Shape.ToString(", ")}] → sums [batch, {result.Shape.ToString(", ")}]";

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "Strides.Sum",
            [
                gradient, gradient.Shape.Count, result, Argument.Batch,
                Extents(walk.Kept), Strides(walk.Kept), Extents(walk.Repeated), Strides(walk.Repeated),
            ]),
    ];

    private static Argument Extents(IEnumerable<StridedWalk.Step> steps) =>
        new IntegersArgument([.. steps.Select(step => step.Extent)]);

    private static Argument Strides(IEnumerable<StridedWalk.Step> steps) =>
        new IntegersArgument([.. steps.Select(step => step.Destination)]);
}
