namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>The gradient of a normalization's input, and those of its weight and bias along with it.</summary>
internal sealed class NormalizationInputGradient(BoundLayer layer, NormalizationGradientRule rule, Value result)
    : HostOperation(layer, result)
{
    public override BatchUse BatchUse => rule.BatchUse;

    public override Operation AddingUp =>
        new NormalizationInputGradient(Layer, rule with { Accumulate = true }, Result);

    public override IEnumerable<Value> Reads => rule.Reads;

    public override IEnumerable<Value> SideResults => rule.ParameterWrites;

    public override string Describe(NameOf name) =>
        $"{ShapeText.Matrix(Result.Shape)} → gradient of each row's normalization";

    public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
        KernelCall.Hosting($"{rule.Kernel}.Backward", stages, rule.Arguments(destination));
}
