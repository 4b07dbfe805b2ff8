using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Layers;

/// <summary>The largest value of each window, channel by channel.</summary>
internal sealed class MaxPool2DLayer : LayerDefinition
{
    public override string AttributeType => typeof(MaxPool2DAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer) => PoolingShape.Infer(layer);

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        Value? origins = program.IsTraining ? program.Activation(layer, "origins", layer.Output) : null;
        return program.Add(new MaxPool(layer, input, program.Activation(layer), origins, PoolingShape.Window(layer)));
    }

    private sealed class MaxPool(BoundLayer layer, Value input, Value result, Value? origins, SlidingWindow window)
        : Operation(layer)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [input];

        public override IEnumerable<Value> Writes => origins is null ? [result] : [result, origins];

        public override string Describe(NameOf name) =>
            $"[batch, {input.Shape.ToString(", ")}] → largest of windows of {window.Text} → [batch, {result.Shape.ToString(", ")}]";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(result, Layer) is { } gradient && gradients.Needs(input))
            {
                gradients.Add(new MaxPoolGradient(Layer, gradient, origins!, window, gradients.Contribute(input)));
            }
        }

        public override IReadOnlyList<KernelCall> Calls =>
            [new("MaxPooling.Forward", [input, result, origins, Argument.Batch,
                window.Argument, Argument.Named("channels", input.Shape.Columns)])];
    }

    private sealed class MaxPoolGradient(
        BoundLayer layer, Value gradient, Value origins, SlidingWindow window, Value result)
        : HostOperation(layer, result)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [gradient, origins];

        public override string Describe(NameOf name) =>
            $"[batch, {gradient.Shape.ToString(", ")}] → to where each value came from → [batch, {Result.Shape.ToString(", ")}]";

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting("MaxPooling.Backward", stages, [gradient, origins, destination, Argument.Batch,
                window.Argument, Argument.Named("channels", Columns)]);
    }
}
