using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>The mean of each channel over the whole image, or of each feature over all steps.</summary>
internal sealed class GlobalAveragePoolLayer : LayerDefinition
{
    public override string AttributeType => "ModelDsl.GlobalAveragePoolAttribute";

    public override TensorShape? InferShape(LayerContext layer) =>
        layer.Input is { IsSequence: true, IsTokens: false, Rank: 2 } || WindowArguments.CheckImage(layer)
            ? new TensorShape(layer.Input.Columns)
            : null;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new GlobalAverage(
            layer, input, layer.Input.IsSequence ? program.Padding(layer.Input.Rows) : null, program.Activation(layer)));

    private sealed class GlobalAverage(BoundLayer layer, Value input, Value? mask, Value result) : HostOperation(layer, result)
    {
        public override IEnumerable<Value> Reads => mask is null ? [input] : [input, mask];

        public override string Describe() =>
            $"[batch, {input.Shape.ToString(", ")}] → mean of rows{Without(mask)} → [batch, {Columns}]";

        public override void Differentiate(GradientBuilder gradients)
        {
            if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(input))
            {
                gradients.Add(new GlobalAverageGradient(Layer, gradient, mask, gradients.Contribute(input)));
            }
        }

        public override void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages) =>
            writer.CallWithStages(
                mask is null ? "GlobalAveragePooling.Forward" : "MaskedAverage.Forward",
                stages,
                [writer.Name(input), .. Mask(writer, mask), writer.Name(destination), "batch", $"{input.Shape.Rows}", $"{Columns}"]);
    }

    private sealed class GlobalAverageGradient(BoundLayer layer, Value gradient, Value? mask, Value result) : HostOperation(layer, result)
    {
        public override IEnumerable<Value> Reads => mask is null ? [gradient] : [gradient, mask];

        public override string Describe() =>
            $"[batch, {Columns}] → shared among rows{Without(mask)} → [batch, {Result.Shape.ToString(", ")}]";

        public override void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages) =>
            writer.CallWithStages(
                mask is null ? "GlobalAveragePooling.Backward" : "MaskedAverage.Backward",
                stages,
                [writer.Name(gradient), .. Mask(writer, mask), writer.Name(destination), "batch", $"{Result.Shape.Rows}", $"{Columns}"]);
    }

    private static string Without(Value? mask) => mask is null ? "" : " without padding";

    private static string[] Mask(OperationWriter writer, Value? mask) => mask is null ? [] : [writer.Name(mask)];
}
