using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Shapes;

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

    public override string DescribeStage() => $"{function.TypeName}'({saved.Root.Name})";

    public override string Stage(OperationWriter writer)
    {
        string[] arguments = [writer.Name(saved), $"{Columns}", writer.New(function.TypeName, function.Arguments)];
        string scaled = scale == 1f ? "" : $", scale: {Literal.Of(scale)}";
        return writer.NewGeneric("ActivationGradient", function.TypeName, string.Join(", ", arguments) + scaled);
    }
}
