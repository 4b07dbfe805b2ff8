using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Lowering.Images;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>The mean of each window, over its pixels within the image or over those of the border too, channel by channel.</summary>
internal sealed class AvgPool2DLayer : LayerDefinition
{
    public override string AttributeType => "ModelDsl.AvgPool2DAttribute";

    public override TensorShape? InferShape(LayerContext layer) => PoolingShape.Infer(layer);

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new AveragePool(
            layer, input, PoolingShape.Window(layer), layer.Declaration.Bool("CountIncludePadding"), program.Activation(layer)));

    // The arguments that the kernels of both directions share. That the border counts is said where it does.
    private static string[] Geometry(OperationWriter writer, SlidingWindow window, int channels, bool countsPadding)
    {
        string[] geometry = ["batch", window.ToCode(writer), $"channels: {channels}"];
        return countsPadding ? [.. geometry, "countPadding: true"] : geometry;
    }

    private static string Name(SlidingWindow window, bool countsPadding) => countsPadding ? $"{window} with the border" : $"{window}";

    private sealed class AveragePool(BoundLayer layer, Value input, SlidingWindow window, bool countsPadding, Value result)
        : HostOperation(layer, result)
    {
        public override IEnumerable<Value> Reads => [input];

        public override string Describe() =>
            $"[batch, {input.Shape.ToString(", ")}] → mean of windows of {Name(window, countsPadding)} → [batch, {Result.Shape.ToString(", ")}]";

        public override void Differentiate(GradientBuilder gradients)
        {
            if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(input))
            {
                gradients.Add(new AveragePoolGradient(Layer, gradient, window, countsPadding, gradients.Contribute(input)));
            }
        }

        public override void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages) =>
            writer.CallWithStages(
                "AveragePooling.Forward",
                stages,
                [writer.Name(input), writer.Name(destination), .. Geometry(writer, window, Columns, countsPadding)]);
    }

    private sealed class AveragePoolGradient(
        BoundLayer layer, Value gradient, SlidingWindow window, bool countsPadding, Value result)
        : HostOperation(layer, result)
    {
        public override IEnumerable<Value> Reads => [gradient];

        public override string Describe() =>
            $"[batch, {gradient.Shape.ToString(", ")}] → shared among windows of {Name(window, countsPadding)} → [batch, {Result.Shape.ToString(", ")}]";

        public override void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages) =>
            writer.CallWithStages(
                "AveragePooling.Backward",
                stages,
                [writer.Name(gradient), writer.Name(destination), .. Geometry(writer, window, Columns, countsPadding)]);
    }
}
