namespace ModelDsl.Generator.Lowering.Recurrent;

/// <summary>What a recurrent layer has at the step that is read last, as a value of its own.</summary>
/// <param name="values">What the layer's operations share.</param>
/// <param name="all">The values of all steps: [steps, units].</param>
/// <param name="state">That of the step that is read last: [units].</param>
internal sealed class RecurrentStateOperation(RecurrentValues values, Value all, Value state) : Operation(values.Layer)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [all];

    public override IEnumerable<Value> Writes => [state];

    public override string Describe(NameOf name) =>
        $"[batch, {all.Shape.ToString(", ")}] → [batch, {state.Shape.ToString(", ")}], of the step that is read last";

    /// <summary>The steps take the gradient of the state as what comes from behind the last of them.</summary>
    public override void Differentiate(IGradients gradients)
    {
    }

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "Columns.Copy",
            [
                all, all.Shape.Count, values.LastPosition * values.Units, state, values.Units, 0, Argument.Batch,
                values.Units,
            ]),
    ];
}
