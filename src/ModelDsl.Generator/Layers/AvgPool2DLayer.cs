using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Lowering.Images;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>The mean of each window over its pixels within the image, channel by channel.</summary>
internal sealed class AvgPool2DLayer : LayerDefinition
{
    public override string AttributeType => "ModelDsl.AvgPool2DAttribute";

    public override TensorShape? InferShape(LayerContext layer) => PoolingShape.Infer(layer);

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new AveragePool(layer, input, PoolingShape.Window(layer), program.Activation(layer)));

    private sealed class AveragePool(BoundLayer layer, Value input, SlidingWindow window, Value result)
        : HostOperation(layer, result)
    {
        public override IEnumerable<Value> Reads => [input];

        public override string Describe() =>
            $"[batch, {input.Shape.ToString(", ")}] → mean of windows of {window} → [batch, {Result.Shape.ToString(", ")}]";

        public override void Differentiate(GradientBuilder gradients)
        {
            if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(input))
            {
                gradients.Add(new AveragePoolGradient(Layer, gradient, window, gradients.Contribute(input)));
            }
        }

        public override void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages) =>
            writer.CallWithStages(
                "AveragePooling.Forward",
                stages,
                writer.Name(input), writer.Name(destination), "batch", window.ToCode(writer), $"channels: {Columns}");
    }

    private sealed class AveragePoolGradient(BoundLayer layer, Value gradient, SlidingWindow window, Value result)
        : HostOperation(layer, result)
    {
        public override IEnumerable<Value> Reads => [gradient];

        public override string Describe() =>
            $"[batch, {gradient.Shape.ToString(", ")}] → shared among windows of {window} → [batch, {Result.Shape.ToString(", ")}]";

        public override void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages) =>
            writer.CallWithStages(
                "AveragePooling.Backward",
                stages,
                writer.Name(gradient), writer.Name(destination), "batch", window.ToCode(writer), $"channels: {Columns}");
    }
}
