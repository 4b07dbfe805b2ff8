namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = source.</summary>
internal sealed class CopyOperation(BoundLayer layer, Value source, Value result) : HostOperation(layer, result)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [source];

    public override Work Work => Work.None;

    public override string Describe(NameOf name) => $"{ShapeText.Matrix(source.Shape)} → copy";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(source))
        {
            gradients.ContributeView(source, gradient);
        }
    }

    public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting("Elementwise.Apply", stages, [source, destination, Size.Rows(source.Shape), Columns]);
}
