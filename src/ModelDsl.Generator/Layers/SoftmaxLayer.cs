using ModelDsl.Generator.Layers.Primitives;

namespace ModelDsl.Generator.Layers;

/// <summary>A softmax over the last dimension, or its logarithm.</summary>
internal abstract class SoftmaxRowsLayer : LayerDefinition
{
    protected abstract SoftmaxForm Form { get; }

    public override TensorShape? InferShape(LayerContext layer) => layer.Input;

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.TakeStepsOf(
            input,
            program.PaddingOf(input) is { } padding && padding.Dimension == layer.Input.Rank - 1
                ? SoftmaxLinesLayer.LowerWithout(
                    new PaddedPlaces(layer, program, padding, layer.Input), layer, program, Form, input,
                    LinesOf.Dimension(layer.Input, padding.Dimension))
                : program.Add(new SoftmaxOperation(layer, Form, input, program.ExactActivation(layer))));
}

/// <summary>exp(x) / Σ exp(x) over the last dimension.</summary>
internal sealed class SoftmaxLayer : SoftmaxRowsLayer
{
    public override string AttributeType => typeof(SoftmaxAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Saturating | LayerTraits.Normalising;

    protected override SoftmaxForm Form => SoftmaxForm.Probabilities;
}

/// <summary>x - log Σ exp(x) over the last dimension.</summary>
internal sealed class LogSoftmaxLayer : SoftmaxRowsLayer
{
    public override string AttributeType => typeof(LogSoftmaxAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Normalising;

    protected override SoftmaxForm Form => SoftmaxForm.Logarithms;
}
