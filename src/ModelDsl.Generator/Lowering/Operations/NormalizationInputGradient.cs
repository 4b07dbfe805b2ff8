using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>The gradient of a normalization's input, and those of its weight and bias along with it.</summary>
internal sealed class NormalizationInputGradient(BoundLayer layer, NormalizationGradientRule rule, Value result)
    : HostOperation(layer, result)
{
    public override IEnumerable<Value> Reads => rule.Reads;

    public override IEnumerable<Value> SideResults => rule.ParameterWrites;

    public override string Describe() => $"{OperationWriter.MatrixText(Result.Shape)} → gradient of each row's normalization";

    public override void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages) =>
        writer.CallWithStages($"{rule.Kernel}.Backward", stages, rule.Arguments(writer, destination));
}
