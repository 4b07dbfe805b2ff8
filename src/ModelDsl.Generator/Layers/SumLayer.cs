namespace ModelDsl.Generator.Layers;

/// <summary>A(x) + B(x).</summary>
internal sealed class SumLayer : ElementwiseBranchesLayer
{
    public override string AttributeType => typeof(SumAttribute<,>).FullName;

    public override IEnumerable<string> AttributeTypes =>
        [AttributeType, typeof(SumAttribute<,,>).FullName, typeof(SumAttribute<,,,>).FullName];

    protected override Operation Join(BoundLayer layer, Value joined, Value branch, Value result) =>
        new AddOperation(layer, joined, branch, result);
}
