using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>A margin around an image.</summary>
internal sealed class PadLayer : LayerDefinition
{
    private static readonly string[] Sides = ["top", "bottom", "left", "right"];

    public override string AttributeType => "ModelDsl.PadAttribute";

    public override TensorShape? InferShape(LayerContext layer)
    {
        foreach (string side in Sides)
        {
            string argument = layer.Declaration.Has("margin") ? "margin" : side;
            int margin = layer.Declaration.Int(argument);
            if (margin < 0)
            {
                layer.Report(MarginNotNegative.Message(layer.Declaration.Kind, margin), argument);
                return null;
            }
        }

        if (!WindowArguments.CheckImage(layer))
        {
            return null;
        }

        int[] margins = Margins(layer.Declaration);
        return new TensorShape(
            Extent(layer.Input.Dimensions[0], margins[0], margins[1]),
            Extent(layer.Input.Dimensions[1], margins[2], margins[3]),
            layer.Input.Columns);
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        int[] margins = Margins(layer.Declaration);
        return program.Add(new PadOperation(layer, input, margins, layer.Declaration.Float("Value"), program.Activation(layer)));
    }

    private static int[] Margins(LayerDeclaration declaration) =>
        [.. Sides.Select(side => declaration.Int(declaration.Has("margin") ? "margin" : side))];

    private static int Extent(int size, int before, int after) => (int)Math.Min((long)size + before + after, int.MaxValue);

    private sealed class PadOperation(BoundLayer layer, Value input, int[] margins, float value, Value result)
        : HostOperation(layer, result)
    {
        public override IEnumerable<Value> Reads => [input];

        public override string Describe() =>
            $"[batch, {input.Shape.ToString(", ")}] with {string.Join(", ", margins.Zip(Sides, (margin, side) => $"{margin} at the {side}"))} "
            + $"→ [batch, {Result.Shape.ToString(", ")}]";

        public override void Differentiate(GradientBuilder gradients)
        {
            if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(input))
            {
                gradients.Add(new CropOperation(Layer, gradient, margins, gradients.Contribute(input)));
            }
        }

        public override void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages) =>
            writer.CallWithStages(
                "ImagePadding.Forward", stages, Arguments(writer, input, destination, input.Shape, margins, $"value: {Literal.Of(value)}"));
    }

    private sealed class CropOperation(BoundLayer layer, Value gradient, int[] margins, Value result)
        : HostOperation(layer, result)
    {
        public override IEnumerable<Value> Reads => [gradient];

        public override string Describe() =>
            $"[batch, {gradient.Shape.ToString(", ")}] without its margin → [batch, {Result.Shape.ToString(", ")}]";

        public override void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages) =>
            writer.CallWithStages("ImagePadding.Backward", stages, Arguments(writer, gradient, destination, Result.Shape, margins));
    }

    private static string[] Arguments(
        OperationWriter writer, Value source, Value destination, TensorShape image, int[] margins, params string[] rest) =>
        [
            writer.Name(source), writer.Name(destination), "batch",
            .. image.Dimensions.Select(size => $"{size}"), .. margins.Zip(Sides, (margin, side) => $"{side}: {margin}"), .. rest,
        ];
}
