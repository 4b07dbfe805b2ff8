using ModelDsl.Generator.Layers.Primitives;

namespace ModelDsl.Generator.Layers;

/// <summary>A softmax over the last dimension, or its logarithm.</summary>
internal abstract class SoftmaxRowsLayer : LayerDefinition
{
    protected abstract SoftmaxForm Form { get; }

    public override bool TakesParametersAlone => true;

    public override TensorShape? InferShape(LayerContext layer) => layer.Input;

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        int last = layer.Input.Rank - 1;
        var padded = PaddedPlaces.Find(layer, program, input, dimension => dimension == last);
        return program.TakeStepsOf(
            input, SoftmaxLinesLayer.Lower(layer, program, Form, input, LinesOf.Rows(layer.Input), padded));
    }
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
