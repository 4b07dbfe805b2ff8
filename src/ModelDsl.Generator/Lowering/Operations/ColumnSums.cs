namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>sums = the sums of the source's columns over all rows of the batch: the gradient of a bias.</summary>
internal sealed class ColumnSums(BoundLayer layer, Value source, Value sums, bool accumulate) : Operation(layer)
{
    public override BatchUse BatchUse => BatchUse.Summed;

    public override Operation AddingUp => new ColumnSums(Layer, source, sums, accumulate: true);

    public override IEnumerable<Value> Reads => [source];

    public override IEnumerable<Value> Writes => [sums];

    public override Work Work => Work.Elements(source);

    public override string Describe(NameOf name) => $"{ShapeText.Matrix(source.Shape)} → sums of its columns [{sums.Shape}]";

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new("Columns.Sum", [source, sums, Size.Rows(source.Shape), source.Shape.Columns, .. Argument.Flag("accumulate", accumulate)]),
    ];
}
