namespace ModelDsl.Generator.Lowering;

/// <summary>The same memory under another shape. Costs nothing, so planning drops it.</summary>
internal sealed class ViewOperation(BoundLayer layer, Value source, Value result) : Operation(layer)
{
    public override IEnumerable<Value> Reads => [source];

    public override IEnumerable<Value> Writes => [result];

    public override bool IsFree => true;

    public override Work Work => Work.None;

    public override string Describe(NameOf name) => $"{source.Shape} seen as {result.Shape}";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(result, Layer) is { } gradient)
        {
            gradients.ContributeView(source, gradient);
        }
    }

    public override IReadOnlyList<KernelCall> Calls => [];
}
