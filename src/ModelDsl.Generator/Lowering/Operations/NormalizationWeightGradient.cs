using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>The gradients of a normalization's weight and bias where that of its input is not wanted.</summary>
internal sealed class NormalizationWeightGradient(BoundLayer layer, NormalizationGradientRule rule) : Operation(layer)
{
    public override IEnumerable<Value> Reads => rule.Reads;

    public override IEnumerable<Value> Writes => rule.ParameterWrites;

    public override string Describe() => $"{OperationWriter.MatrixText(rule.Input.Shape)} → sums over the rows";

    public override void Emit(OperationWriter writer) =>
        writer.CallWithStages($"{rule.Kernel}.Backward", [], rule.Arguments(writer, inputGradient: null));
}
