using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Layers;

/// <summary>The mean of each window, over its pixels within the image or over those of the border too, channel by channel.</summary>
internal sealed class AvgPool2DLayer : LayerDefinition
{
    public override string AttributeType => typeof(AvgPool2DAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer) => PoolingShape.Infer(layer);

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new AveragePool(
            layer,
            input,
            PoolingShape.Window(layer),
            layer.Arguments<AvgPool2DAttribute>().CountIncludePadding,
            program.Activation(layer)));

    // The arguments that the kernels of both directions share. That the border counts is said where it does.
    private static EquatableArray<Argument> Geometry(SlidingWindow window, int channels, bool countsPadding) =>
        [Argument.Batch, window.Argument, Argument.Named("channels", channels), .. Argument.Flag("countPadding", countsPadding)];

    private static string Name(SlidingWindow window, bool countsPadding) =>
        countsPadding ? $"{window.Text} with the border" : window.Text;

    private sealed class AveragePool(
        BoundLayer layer, Value input, SlidingWindow window, bool countsPadding, Value result)
        : HostOperation(layer, result)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [input];

        public override string Describe(NameOf name) =>
            $"[batch, {input.Shape.ToString(", ")}] → mean of windows of {Name(window, countsPadding)} → [batch, {Result.Shape.ToString(", ")}]";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(input))
            {
                gradients.Add(
                    new AveragePoolGradient(Layer, gradient, window, countsPadding, gradients.Contribute(input)));
            }
        }

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting(
                "AveragePooling.Forward", stages, [input, destination, .. Geometry(window, Columns, countsPadding)]);
    }

    private sealed class AveragePoolGradient(
        BoundLayer layer, Value gradient, SlidingWindow window, bool countsPadding, Value result)
        : HostOperation(layer, result)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [gradient];

        public override string Describe(NameOf name) =>
            $"[batch, {gradient.Shape.ToString(", ")}] → shared among windows of {Name(window, countsPadding)} → [batch, {Result.Shape.ToString(", ")}]";

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting(
                "AveragePooling.Backward",
                stages,
                [gradient, destination, .. Geometry(window, Columns, countsPadding)]);
    }
}
