using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = f(source), element by element.</summary>
internal sealed class ActivationOperation(BoundLayer layer, Value source, ActivationFunction function, Value result)
    : StageOperation(layer, source, result)
{
    public ActivationFunction Function => function;

    public override string DescribeStage() => function.TypeName;

    public override void Differentiate(GradientBuilder gradients)
    {
        if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(Source))
        {
            Value saved = function.DerivativeUsesOutput ? Result : Source;
            gradients.Add(new ActivationGradient(Layer, gradient, saved, function, gradients.Contribute(Source)));
        }
    }

    public override string Stage(OperationWriter writer) =>
        writer.NewGeneric("Activate", function.TypeName, writer.New(function.TypeName, function.Arguments));
}
