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
        program.Add(new GlobalAverage(layer, input, program.Activation(layer)));

    private sealed class GlobalAverage(BoundLayer layer, Value input, Value result) : HostOperation(layer, result)
    {
        public override IEnumerable<Value> Reads => [input];

        public override string Describe() => $"[batch, {input.Shape.ToString(", ")}] → mean of rows → [batch, {Columns}]";

        public override void Differentiate(GradientBuilder gradients)
        {
            if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(input))
            {
                gradients.Add(new GlobalAverageGradient(Layer, gradient, gradients.Contribute(input)));
            }
        }

        public override void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages) =>
            writer.CallWithStages(
                "GlobalAveragePooling.Forward",
                stages,
                writer.Name(input), writer.Name(destination), "batch", $"{input.Shape.Rows}", $"{Columns}");
    }

    private sealed class GlobalAverageGradient(BoundLayer layer, Value gradient, Value result) : HostOperation(layer, result)
    {
        public override IEnumerable<Value> Reads => [gradient];

        public override string Describe() =>
            $"[batch, {Columns}] → shared among rows → [batch, {Result.Shape.ToString(", ")}]";

        public override void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages) =>
            writer.CallWithStages(
                "GlobalAveragePooling.Backward",
                stages,
                writer.Name(gradient), writer.Name(destination), "batch", $"{Result.Shape.Rows}", $"{Columns}");
    }
}
