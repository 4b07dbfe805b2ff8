namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>A penalty for the size of a parameter, and its derivative on top of the gradient, in one pass.</summary>
internal sealed class WeightPenaltyOperation(
    BoundLayer layer, Value weight, Value gradient, Penalty penalty, bool accumulate) : Operation(layer)
{
    public override IEnumerable<Value> Reads => accumulate ? [weight, gradient] : [weight];

    public override IEnumerable<Value> Writes => [gradient];

    public override bool AddsPenalty => true;

    public override string Describe(NameOf name) => $"{penalty} over [{weight.Shape.ToString(", ")}], and its derivative";

    public override IReadOnlyList<KernelCall> Calls =>
        [new("WeightPenalty.EvaluateWithGradient", [weight, gradient, weight.Shape.Count, .. penalty.Arguments, .. Argument.Flag("accumulate", accumulate)]) { Result = CallResult.Penalty }];
}
