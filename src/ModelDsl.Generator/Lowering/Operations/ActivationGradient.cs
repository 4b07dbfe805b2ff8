namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = source · scale · f'(·), with f' taken from the saved output or input.</summary>
internal sealed class ActivationGradient(
    BoundLayer layer,
    Value source,
    Value saved,
    ActivationFunction function,
    Value result,
    float scale = 1f)
    : StageOperation(layer, source, result)
{
    public ActivationFunction Function => function;

    public Value Saved => saved;

    public override IEnumerable<Value> Operands => [saved];

    public override string DescribeStage(NameOf name) => $"{function.TypeName}'({name(saved)})";

    public override KernelObject Stage => new(
        "ActivationGradient",
        [saved, Columns, function.Struct, .. scale == 1f ? (EquatableArray<Argument>)[] : [Argument.Named("scale", scale)]])
    {
        Of = function.Type,
    };
}
