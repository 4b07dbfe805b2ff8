using ModelDsl.Generator.Common;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>An image enlarged by whole factors.</summary>
internal sealed class UpsampleLayer : LayerDefinition
{
    public override string AttributeType => "ModelDsl.UpsampleAttribute";

    public override TensorShape? InferShape(LayerContext layer)
    {
        foreach (string side in (string[])["factorHeight", "factorWidth"])
        {
            string argument = NameOf(layer.Declaration, side);
            if (!WindowArguments.CheckSize(layer, argument, "factor", layer.Declaration.Int(argument)))
            {
                return null;
            }
        }

        if (!WindowArguments.CheckImage(layer))
        {
            return null;
        }

        (int height, int width) = Factors(layer.Declaration);
        return new TensorShape(
            Extent(layer.Input.Dimensions[0], height), Extent(layer.Input.Dimensions[1], width), layer.Input.Columns);
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new UpsampleOperation(layer, input, program.Activation(layer)));

    private static string NameOf(LayerDeclaration declaration, string side) => declaration.Has("factor") ? "factor" : side;

    private static (int Height, int Width) Factors(LayerDeclaration declaration) =>
        (declaration.Int(NameOf(declaration, "factorHeight")), declaration.Int(NameOf(declaration, "factorWidth")));

    private static int Extent(int size, int factor) => (int)Math.Min((long)size * factor, int.MaxValue);

    private static EquatableArray<Argument> Arguments(BoundLayer layer, Value source, Value destination)
    {
        (int height, int width) = Factors(layer.Declaration);
        string interpolation = layer.Declaration.Int("Interpolation") == 1 ? "Bilinear" : "Nearest";
        return
        [
            source, destination, Argument.Batch, .. layer.Input.Dimensions.Select(size => (Argument)size),
            Argument.Named("factorHeight", height), Argument.Named("factorWidth", width), new EnumArgument("Interpolation", interpolation),
        ];
    }

    private sealed class UpsampleOperation(BoundLayer layer, Value input, Value result) : HostOperation(layer, result)
    {
        public override IEnumerable<Value> Reads => [input];

        public override string Describe(NameOf name) => $"[batch, {input.Shape.ToString(", ")}] enlarged → [batch, {Result.Shape.ToString(", ")}]";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(input))
            {
                gradients.Add(new UpsampleGradient(Layer, gradient, gradients.Contribute(input)));
            }
        }

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting("Upsampling.Forward", stages, Arguments(Layer, input, destination));
    }

    private sealed class UpsampleGradient(BoundLayer layer, Value gradient, Value result) : HostOperation(layer, result)
    {
        public override IEnumerable<Value> Reads => [gradient];

        public override string Describe(NameOf name) =>
            $"[batch, {gradient.Shape.ToString(", ")}] gathered → [batch, {Result.Shape.ToString(", ")}]";

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting("Upsampling.Backward", stages, Arguments(Layer, gradient, destination));
    }
}
