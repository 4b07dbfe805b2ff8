namespace ModelDsl.Generator.Layers;

/// <summary>A tensor as a sequence: an image's pixels, row by row, or the first dimension, become steps.</summary>
internal sealed class ToSequenceLayer : LayerDefinition
{
    public override string AttributeType => typeof(ToSequenceAttribute).FullName;

    public override bool TakesParametersAlone => true;

    public override LayerTraits Traits => LayerTraits.View;

    public override TensorShape? InferShape(LayerContext layer)
    {
        TensorShape input = layer.Input;
        if (input.IsImage)
        {
            input = input with
            {
                Dimensions = [input.Dimensions[0] * input.Dimensions[1], input.Columns],
            };
        }
        else if (input.Rank == 1)
        {
            input = input with { Dimensions = [input.Count, 1] };
        }

        return input with { IsSequence = true };
    }

    public override bool CanStep(BoundLayer layer) => layer.Input.IsSequence;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) => program.View(layer, input);
}
