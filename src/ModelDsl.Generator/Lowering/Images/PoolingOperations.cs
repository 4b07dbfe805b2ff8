namespace ModelDsl.Generator.Lowering.Images;

/// <summary>What a window pools over.</summary>
/// <param name="Window">How it slides over an image.</param>
/// <param name="Images">The images of a sample.</param>
/// <param name="Channels">The channels of an image.</param>
internal readonly record struct PoolingGeometry(SlidingWindow Window, int Images, int Channels)
{
    /// <summary>The arguments of the runtime's kernels, from the batch on.</summary>
    public EquatableArray<Argument> Arguments =>
        [Size.Times(Images), Window.Argument, Argument.Named("channels", Channels)];
}

/// <summary>result = the largest value of each window, channel by channel.</summary>
/// <param name="layer">The layer.</param>
/// <param name="input">What the windows lie over.</param>
/// <param name="result">The largest values.</param>
/// <param name="origins">Which pixel each came from; null where nobody asks.</param>
/// <param name="geometry">The windows.</param>
internal sealed class MaxPool(BoundLayer layer, Value input, Value result, Value? origins, PoolingGeometry geometry)
    : Operation(layer)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [input];

    public override IEnumerable<Value> Writes => origins is null ? [result] : [result, origins];

    public override string Describe(NameOf name) =>
        $"[batch, {input.Shape.ToString(", ")}] → largest of windows of {geometry.Window.Text} "
        + $"→ [batch, {result.Shape.ToString(", ")}]";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(result, Layer) is { } gradient && gradients.Needs(input))
        {
            gradients.Add(new MaxPoolGradient(Layer, gradient, origins!, geometry, gradients.Contribute(input)));
        }
    }

    public override IReadOnlyList<KernelCall> Calls =>
        [new("MaxPooling.Forward", [input, result, origins, .. geometry.Arguments])];

    private sealed class MaxPoolGradient(
        BoundLayer layer, Value gradient, Value origins, PoolingGeometry geometry, Value result)
        : HostOperation(layer, result)
    {
        public override int Columns => geometry.Channels;

        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [gradient, origins];

        public override string Describe(NameOf name) =>
            $"[batch, {gradient.Shape.ToString(", ")}] → to where each value came from "
            + $"→ [batch, {Result.Shape.ToString(", ")}]";

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting(
                "MaxPooling.Backward", stages, [gradient, origins, destination, .. geometry.Arguments]);
    }
}

/// <summary>
/// result = the mean of each window, over its pixels within the image or over those of the border too.
/// </summary>
/// <param name="layer">The layer.</param>
/// <param name="input">What the windows lie over.</param>
/// <param name="geometry">The windows.</param>
/// <param name="countsPadding">Whether the border counts.</param>
/// <param name="result">The means.</param>
internal sealed class AveragePool(
    BoundLayer layer, Value input, PoolingGeometry geometry, bool countsPadding, Value result)
    : HostOperation(layer, result)
{
    public override int Columns => geometry.Channels;

    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [input];

    public override string Describe(NameOf name) =>
        $"[batch, {input.Shape.ToString(", ")}] → mean of windows of {NameOfWindow(geometry, countsPadding)} "
        + $"→ [batch, {Result.Shape.ToString(", ")}]";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(input))
        {
            gradients.Add(
                new AveragePoolGradient(Layer, gradient, geometry, countsPadding, gradients.Contribute(input)));
        }
    }

    public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
        KernelCall.Hosting(
            "AveragePooling.Forward", stages, [input, destination, .. Arguments(geometry, countsPadding)]);

    // The arguments that the kernels of both directions share. That the border counts is said where it does.
    private static EquatableArray<Argument> Arguments(PoolingGeometry geometry, bool countsPadding) =>
        [.. geometry.Arguments, .. Argument.Flag("countPadding", countsPadding)];

    private static string NameOfWindow(PoolingGeometry geometry, bool countsPadding) =>
        countsPadding ? $"{geometry.Window.Text} with the border" : geometry.Window.Text;

    private sealed class AveragePoolGradient(
        BoundLayer layer, Value gradient, PoolingGeometry geometry, bool countsPadding, Value result)
        : HostOperation(layer, result)
    {
        public override int Columns => geometry.Channels;

        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [gradient];

        public override string Describe(NameOf name) =>
            $"[batch, {gradient.Shape.ToString(", ")}] → shared among windows of "
            + $"{NameOfWindow(geometry, countsPadding)} → [batch, {Result.Shape.ToString(", ")}]";

        public override KernelCall CallInto(Value destination, IReadOnlyList<KernelObject> stages) =>
            KernelCall.Hosting(
                "AveragePooling.Backward", stages, [gradient, destination, .. Arguments(geometry, countsPadding)]);
    }
}
