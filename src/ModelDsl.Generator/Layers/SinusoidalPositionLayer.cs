namespace ModelDsl.Generator.Layers;

/// <summary>Adds a fixed vector of sines and cosines to each step.</summary>
internal sealed class SinusoidalPositionLayer : LayerDefinition
{
    public override string AttributeType => typeof(SinusoidalPositionAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (layer.Input.IsSequence)
        {
            return layer.Input;
        }

        layer.Report(
            LayerNeedsSequence.Message(
                layer.Declaration.Kind, layer.Input, layer.InputOrigin, Remedies.ForSequence(layer)));
        return null;
    }

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new AddWavesOperation(layer, input, layer.Input.Rows, isStep: false, program.Activation(layer)));

    public override Value LowerStep(BoundLayer layer, ProgramBuilder program, Value input)
    {
        program.UsePosition();
        return program.Add(new AddWavesOperation(layer, input, program.StepCount, isStep: true, program.Activation(layer)));
    }

    private sealed class AddWavesOperation(BoundLayer layer, Value source, int steps, bool isStep, Value result)
        : StageOperation(layer, source, result)
    {
        public override string DescribeStage(NameOf name) => isStep ? "+ sines and cosines of the position" : "+ sines and cosines by step";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(Source))
            {
                gradients.ContributeView(Source, gradient);
            }
        }

        public override KernelObject Stage
        {
            get
            {
                var waves = new ResultArgument("Positions.Sinusoidal", [steps, Columns]);
                return isStep
                    ? new KernelObject("Add", [new RowAtPositionArgument(waves, Columns), Columns])
                    : new KernelObject("AddRepeated", [waves, steps, Columns]);
            }
        }
    }
}
