namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = the targets of the batch, where a loss computes with them.</summary>
/// <param name="layer">What asks for them.</param>
/// <param name="head">The number of the head that they belong to; null where the model has one loss.</param>
/// <param name="areLabels">Whether they are labels, which become tokens.</param>
/// <param name="result">The targets.</param>
internal sealed class TargetOperation(BoundLayer layer, int? head, bool areLabels, Value result) : Operation(layer)
{
    public override IEnumerable<Value> Reads => [];

    public override IEnumerable<Value> Writes => [result];

    public override Work Work => Work.None;

    public override string Describe(NameOf name) =>
        $"{(areLabels ? "labels" : "targets")} → [batch, {result.Shape.ToString(", ")}]";

    // Targets have no gradient.
    public override void Differentiate(IGradients gradients)
    {
    }

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            $"MethodLoss.{(areLabels ? "LoadLabels" : "LoadValues")}",
            [new TargetsArgument(head), result, Argument.Batch, result.Shape.Count]),
    ];
}

/// <summary>gradient = 0: nothing of a loss depends on the outputs in a way that has a derivative.</summary>
/// <param name="layer">The loss.</param>
/// <param name="gradient">The gradient of the outputs.</param>
internal sealed class NoOutputGradient(BoundLayer layer, Value gradient) : Operation(layer)
{
    public override IEnumerable<Value> Reads => [];

    public override IEnumerable<Value> Writes => [gradient];

    public override string Describe(NameOf name) => "the loss has no gradient with respect to the outputs";

    public override IReadOnlyList<KernelCall> Calls =>
        [new("MethodLoss.ClearGradient", [gradient, Argument.Batch, gradient.Shape.Count])];
}
