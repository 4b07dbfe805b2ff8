using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Layers;

/// <summary>An image enlarged by whole factors.</summary>
internal sealed class UpsampleLayer : LayerDefinition
{
    public override string AttributeType => typeof(UpsampleAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var arguments = layer.Arguments<UpsampleAttribute>();
        return WindowArguments.CheckSize(layer, nameof(arguments.FactorHeight), "factor", arguments.FactorHeight)
            && WindowArguments.CheckSize(layer, nameof(arguments.FactorWidth), "factor", arguments.FactorWidth)
            && WindowArguments.CheckImage(layer)
                ? new TensorShape(
                    Extent(layer.Input.Dimensions[0], arguments.FactorHeight),
                    Extent(layer.Input.Dimensions[1], arguments.FactorWidth),
                    layer.Input.Columns)
                : null;
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        // What takes more than two pixels along a direction is what any size takes.
        Interpolation interpolation = layer.Arguments<UpsampleAttribute>().Interpolation;
        Value result = program.Activation(layer);
        return program.Add(interpolation == Interpolation.Bicubic
            ? new ResizeOperation(
                layer, input, new ResizeGeometry(layer.Input, layer.Output, interpolation, AlignCorners: false), result)
            : new UpsampleOperation(layer, input, result));
    }

    private static int Extent(int size, int factor) => (int)Math.Min((long)size * factor, int.MaxValue);

    private static EquatableArray<Argument> Arguments(BoundLayer layer, Value source, Value destination)
    {
        var arguments = layer.Arguments<UpsampleAttribute>();
        return
        [
            source, destination, Argument.Batch, .. layer.Input.Dimensions.Select(size => (Argument)size),
            Argument.Named("factorHeight", arguments.FactorHeight), Argument.Named("factorWidth", arguments.FactorWidth),
            new EnumArgument(nameof(Interpolation), $"{arguments.Interpolation}"),
        ];
    }

    private sealed class UpsampleOperation(BoundLayer layer, Value input, Value result) : HostOperation(layer, result)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [input];

        public override Work Work => Work.None;

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
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [gradient];

        public override string Describe(NameOf name) =>
            $"[batch, {gradient.Shape.ToString(", ")}] gathered → [batch, {Result.Shape.ToString(", ")}]";

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting("Upsampling.Backward", stages, Arguments(Layer, gradient, destination));
    }
}
