namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = f(source), element by element.</summary>
internal sealed class ActivationOperation(BoundLayer layer, Value source, ActivationFunction function, Value result)
    : StageOperation(layer, source, result)
{
    public ActivationFunction Function => function;

    public override string DescribeStage(NameOf name) => function.TypeName;

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(Source))
        {
            Value saved = function.DerivativeUsesOutput ? Result : Source;
            gradients.Add(new ActivationGradient(Layer, gradient, saved, function, gradients.Contribute(Source)));
        }
    }

    public override KernelObject Stage => new("Activate", [function.Struct]) { Of = function.Type };
}
