namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>The gradients of a normalization's weight and bias where that of its input is not wanted.</summary>
internal sealed class NormalizationWeightGradient(BoundLayer layer, NormalizationGradientRule rule) : Operation(layer)
{
    public override BatchUse BatchUse => rule.BatchUse;

    public override Operation AddingUp => new NormalizationWeightGradient(Layer, rule with { Accumulate = true });

    public override IEnumerable<Value> Reads => rule.Reads;

    public override IEnumerable<Value> Writes => rule.ParameterWrites;

    public override string Describe(NameOf name) => $"{ShapeText.Matrix(rule.Input.Shape)} → sums over the rows";

    public override IReadOnlyList<KernelCall> Calls =>
        [KernelCall.Hosting($"{rule.Kernel}.Backward", [], rule.Arguments(inputGradient: null))];
}
