namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>One of several inputs, out of samples that have them side by side.</summary>
internal sealed class InputSlice(BoundLayer layer, Value samples, int start, Value result) : Operation(layer)
{
    /// <summary>What it takes its input from.</summary>
    public Value Samples => samples;

    public override IEnumerable<Value> Reads => [samples];

    public override IEnumerable<Value> Writes => [result];

    public override Work Work => Work.None;

    public override IEnumerable<Value> ReadsInPart => [samples];

    public override string Describe(NameOf name)
    {
        int end = start + result.Shape.Count;
        return $"[batch, {start}..{end}] of [batch, {samples.Shape}] → [batch, {result.Shape.ToString(", ")}]";
    }

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Needs(samples))
        {
            gradients.Add(new InputSliceGradient(
                Layer, gradients.Of(result, Layer), result.Shape.Count, start, gradients.ContributePart(samples)));
        }
    }

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "Columns.Copy",
            [samples, samples.Shape.Count, start, result, result.Shape.Count, 0, Argument.Batch, result.Shape.Count]),
    ];
}

/// <summary>The part of the samples' gradient that belongs to one of several inputs; zero where it has none.</summary>
/// <param name="layer">The input.</param>
/// <param name="gradient">
/// The gradient of the input; null where nothing that depends on it is differentiable: tokens.
/// </param>
/// <param name="count">The columns of the input.</param>
/// <param name="start">The first of them.</param>
/// <param name="result">The gradient of the samples, of which the other inputs write the other columns.</param>
internal sealed class InputSliceGradient(BoundLayer layer, Value? gradient, int count, int start, Value result)
    : Operation(layer)
{
    public override IEnumerable<Value> Reads => gradient is null ? [] : [gradient];

    public override IEnumerable<Value> Writes => [result];

    public override Work Work => Work.None;

    public override string Describe(NameOf name) =>
        $"{(gradient is null ? "0" : $"[batch, {count}]")} → [batch, {start}..{start + count}] of [batch, {result.Shape}]";

    public override IReadOnlyList<KernelCall> Calls => gradient is null
        ? [new("Columns.Clear", [result, result.Shape.Count, start, Argument.Batch, count])]
        : [new("Columns.Copy", [gradient, count, 0, result, result.Shape.Count, start, Argument.Batch, count])];
}
