namespace ModelDsl.Generator.Lowering.Images;

/// <summary>How an image gets another size.</summary>
/// <param name="From">The image.</param>
/// <param name="To">The result.</param>
/// <param name="Interpolation">Where values come from.</param>
/// <param name="AlignCorners">Whether the centres of the corners stay where they are.</param>
internal sealed record ResizeGeometry(TensorShape From, TensorShape To, Interpolation Interpolation, bool AlignCorners)
{
    /// <summary>The arguments of the runtime's kernels, from the batch on.</summary>
    public EquatableArray<Argument> Arguments =>
    [
        Argument.Batch, .. From.Dimensions.Select(size => (Argument)size),
        Argument.Named("newHeight", To.Dimensions[0]), Argument.Named("newWidth", To.Dimensions[1]),
        new EnumArgument(nameof(Interpolation), $"{Interpolation}"), Argument.Named("alignCorners", AlignCorners),
    ];
}

/// <summary>result = the image in another size.</summary>
internal sealed class ResizeOperation(BoundLayer layer, Value input, ResizeGeometry geometry, Value result)
    : HostOperation(layer, result)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [input];

    public override string Describe(NameOf name) =>
        $"[batch, {input.Shape.ToString(", ")}] resized → [batch, {Result.Shape.ToString(", ")}]";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(input))
        {
            gradients.Add(new ResizeGradient(Layer, gradient, geometry, gradients.Contribute(input)));
        }
    }

    public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
        KernelCall.Hosting("Resizing.Forward", stages, [input, destination, .. geometry.Arguments]);

    /// <summary>The gradients of new pixels, by the shares that each old one has in them.</summary>
    private sealed class ResizeGradient(BoundLayer layer, Value gradient, ResizeGeometry geometry, Value result)
        : HostOperation(layer, result)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [gradient];

        public override string Describe(NameOf name) =>
            $"[batch, {gradient.Shape.ToString(", ")}] gathered → [batch, {Result.Shape.ToString(", ")}]";

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting("Resizing.Backward", stages, [gradient, destination, .. geometry.Arguments]);
    }
}
