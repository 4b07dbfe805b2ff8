namespace ModelDsl.Generator.Lowering.Recurrent;

/// <summary>Lays the recurrent weight out for the products of all steps.</summary>
internal sealed class RecurrentPackOperation(BoundLayer layer, Value weight, Value packed, bool isBackward) : Operation(layer)
{
    public override IEnumerable<Value> Reads => [weight];

    public override IEnumerable<Value> Writes => [packed];

    public override IEnumerable<Value> Weights => [weight];

    public override Work Work => Work.None;

    public override string Describe(NameOf name) => $"[{weight.Shape.ToString(", ")}] laid out for the product of each step";

    /// <summary>The weight gets its gradient from the steps.</summary>
    public override void Differentiate(IGradients gradients)
    {
    }

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(isBackward ? "RecurrentWeight.PackBackward" : "RecurrentWeight.PackForward", [weight, packed, weight.Shape.Dimensions[0], weight.Shape.Dimensions[1]]),
    ];
}
