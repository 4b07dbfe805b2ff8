namespace ModelDsl.Generator.Layers;

/// <summary>A function of each element that the user's own struct computes.</summary>
internal sealed class CustomActivationLayer : LayerDefinition
{
    public override string AttributeType => "ModelDsl.ActivationAttribute`1";

    public override bool TakesParametersAlone => true;

    public override TensorShape? InferShape(LayerContext layer) => layer.CheckTypeCanBeNamed() ? layer.Input : null;

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new CustomActivationOperation(layer, input, program.Activation(layer)));

    private static KernelType TypeOf(BoundLayer layer) => new(layer.Declaration.TypeArguments[0].FullName, IsAuthors: true);

    private sealed class CustomActivationOperation(BoundLayer layer, Value source, Value result)
        : StageOperation(layer, source, result)
    {
        public override string DescribeStage(NameOf name) => Layer.Declaration.Text;

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(Source))
            {
                gradients.Add(new CustomActivationGradient(Layer, gradient, Source, Result, gradients.Contribute(Source)));
            }
        }

        public override KernelObject Stage => new("Activate", [new AbsentArgument()]) { Of = TypeOf(Layer) };
    }

    /// <summary>Only the user's struct knows which of input and output it takes the derivative from, so both are kept.</summary>
    private sealed class CustomActivationGradient(
        BoundLayer layer, Value outputGradient, Value input, Value output, Value result)
        : StageOperation(layer, outputGradient, result)
    {
        public override IEnumerable<Value> Operands => [input, output];

        public override string DescribeStage(NameOf name) => $"derivative of {Layer.Declaration.Text}";

        public override KernelObject Stage =>
            new("ActivationGradient", [output, input, Columns, new AbsentArgument()]) { Of = TypeOf(Layer) };
    }
}
