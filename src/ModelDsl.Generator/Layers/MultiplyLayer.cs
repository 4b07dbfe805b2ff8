namespace ModelDsl.Generator.Layers;

/// <summary>A(x) · B(x), element by element.</summary>
internal sealed class MultiplyLayer : ElementwiseBranchesLayer
{
    public override string AttributeType => typeof(MultiplyAttribute<,>).FullName;

    protected override Operation Join(BoundLayer layer, Value joined, Value branch, Value result) =>
        new MultiplyOperation(layer, joined, branch, result);
}
