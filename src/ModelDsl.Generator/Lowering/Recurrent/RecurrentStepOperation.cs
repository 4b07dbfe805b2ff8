namespace ModelDsl.Generator.Lowering.Recurrent;

/// <summary>One step of one sequence, whose output and state replace those of the step before.</summary>
internal sealed class RecurrentStepOperation(
    BoundLayer layer, RecurrentCell cell, Value projected, Value products, Value? state, Value hidden)
    : Operation(layer)
{
    public override IEnumerable<Value> Reads => [projected, products, .. Writes];

    public override IEnumerable<Value> Writes => state is null ? [hidden] : [hidden, state];

    public override string Describe(NameOf name) =>
        $"[{projected.Shape.Columns}] and [{products.Shape.Columns}] → {cell.GateNames} → [{hidden.Shape.Columns}], kept for the next step";

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new($"{cell.Kernel}.Step", [
                projected, products, .. Argument.Optional(state),
                hidden, hidden.Shape.Columns,
                .. cell.ActivationArgument,
            ]),
    ];
}
