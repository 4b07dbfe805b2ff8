namespace ModelDsl.Generator.Layers;

/// <summary>A margin around an image.</summary>
internal sealed class PadLayer : LayerDefinition
{
    private static readonly string[] Sides = ["top", "bottom", "left", "right"];

    public override string AttributeType => typeof(PadAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var arguments = layer.Arguments<PadAttribute>();
        if (!CheckMargin(layer, nameof(arguments.Top), arguments.Top)
            || !CheckMargin(layer, nameof(arguments.Bottom), arguments.Bottom)
            || !CheckMargin(layer, nameof(arguments.Left), arguments.Left)
            || !CheckMargin(layer, nameof(arguments.Right), arguments.Right))
        {
            return null;
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
        return program.Add(
            new PadOperation(
                layer, input, margins, (float)layer.Arguments<PadAttribute>().Value, program.Activation(layer)));
    }

    // In the order of the sides.
    private static int[] Margins(LayerDeclaration declaration)
    {
        var arguments = declaration.Read<PadAttribute>();
        return [arguments.Top, arguments.Bottom, arguments.Left, arguments.Right];
    }

    private static bool CheckMargin(LayerContext layer, string argument, int margin)
    {
        if (margin >= 0)
        {
            return true;
        }

        layer.Report(MarginNotNegative.Message(layer.Declaration.Kind, margin), argument);
        return false;
    }

    private static int Extent(int size, int before, int after) => (int)Math.Min((long)size + before + after, int.MaxValue);

    private sealed class PadOperation(BoundLayer layer, Value input, int[] margins, float value, Value result)
        : HostOperation(layer, result)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [input];

        public override Work Work => Work.None;

        public override string Describe(NameOf name) =>
            $"[batch, {input.Shape.ToString(", ")}] with {string.Join(", ", margins.Zip(Sides, (margin, side) => $"{margin} at the {side}"))} "
            + $"→ [batch, {Result.Shape.ToString(", ")}]";

        public override void Differentiate(IGradients gradients)
        {
            if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(input))
            {
                gradients.Add(new CropOperation(Layer, gradient, margins, gradients.Contribute(input)));
            }
        }

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting("ImagePadding.Forward", stages, Arguments(input, destination, input.Shape, margins, Argument.Named("value", value)));
    }

    private sealed class CropOperation(BoundLayer layer, Value gradient, int[] margins, Value result)
        : HostOperation(layer, result)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [gradient];

        public override Work Work => Work.None;

        public override string Describe(NameOf name) =>
            $"[batch, {gradient.Shape.ToString(", ")}] without its margin → [batch, {Result.Shape.ToString(", ")}]";

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting("ImagePadding.Backward", stages, Arguments(gradient, destination, Result.Shape, margins));
    }

    private static EquatableArray<Argument> Arguments(
        Value source, Value destination, TensorShape image, int[] margins, params Argument[] rest) =>
        [
            source, destination, Argument.Batch,
            .. image.Dimensions.Select(size => (Argument)size), .. margins.Zip(Sides, (margin, side) => Argument.Named(side, margin)), .. rest,
        ];
}
