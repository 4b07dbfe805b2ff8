namespace ModelDsl.Generator.Layers;

/// <summary>x - log Σ exp(x) over the last dimension.</summary>
internal sealed class LogSoftmaxLayer : LayerDefinition
{
    public override string AttributeType => typeof(LogSoftmaxAttribute).FullName;

    public override LayerTraits Traits => LayerTraits.Normalising;

    public override TensorShape? InferShape(LayerContext layer) => layer.Input;

    public override bool CanStep(BoundLayer layer) => true;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new LogSoftmaxOperation(layer, input, program.Activation(layer)));

    private sealed class LogSoftmaxOperation(BoundLayer layer, Value source, Value result) : Operation(layer)
    {
        public override IEnumerable<Value> Reads => [source];

        public override IEnumerable<Value> Writes => [result];

        public override string Describe(NameOf name) => $"{ShapeText.Matrix(source.Shape)} → logarithm of the softmax of each row";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(result, Layer) is { } gradient && gradients.Needs(source))
            {
                gradients.Add(new LogSoftmaxGradient(Layer, result, gradient, gradients.Contribute(source)));
            }
        }

        public override IReadOnlyList<KernelCall> Calls =>
            [new("LogSoftmax.Forward", [source, result, Size.Rows(source.Shape), source.Shape.Columns])];
    }

    private sealed class LogSoftmaxGradient(BoundLayer layer, Value output, Value outputGradient, Value result) : Operation(layer)
    {
        public override IEnumerable<Value> Reads => [output, outputGradient];

        public override IEnumerable<Value> Writes => [result];

        public override string Describe(NameOf name) =>
            $"{ShapeText.Matrix(output.Shape)} → gradient of the logarithm of the softmax of each row";

        public override IReadOnlyList<KernelCall> Calls =>
            [new("LogSoftmax.Backward", [output, outputGradient, result,
                Size.Rows(output.Shape), output.Shape.Columns])];
    }
}
