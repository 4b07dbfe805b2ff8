using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>A penalty for the size of a parameter, and its derivative on top of the gradient, in one pass.</summary>
internal sealed class WeightPenaltyOperation(
    BoundLayer layer, Value weight, Value gradient, Penalty penalty, bool accumulate) : Operation(layer)
{
    public override IEnumerable<Value> Reads => accumulate ? [weight, gradient] : [weight];

    public override IEnumerable<Value> Writes => [gradient];

    public override bool AddsPenalty => true;

    public override string Describe() => $"{penalty} over [{weight.Shape.ToString(", ")}], and its derivative";

    public override void Emit(OperationWriter writer) => writer.AddPenalty(
        "WeightPenalty.EvaluateWithGradient",
        [
            writer.Name(weight), writer.Name(gradient), $"{weight.Shape.Count}", .. penalty.Arguments,
            .. accumulate ? (string[])["accumulate: true"] : [],
        ]);
}
