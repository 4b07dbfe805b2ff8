namespace ModelDsl.Generator.Lowering.Images;

/// <summary>A convolution's window and channels.</summary>
/// <param name="Window">How the kernel slides over the image.</param>
/// <param name="Channels">The channels of the image.</param>
/// <param name="Outputs">The channels of the result.</param>
/// <param name="Groups">Into how many groups both are divided.</param>
internal readonly record struct ConvolutionGeometry(SlidingWindow Window, int Channels, int Outputs, int Groups)
{
    /// <summary>The images of a sample.</summary>
    public int Images { get; init; } = 1;

    /// <summary>The weight: [outputs, kernelHeight, kernelWidth, channels / groups].</summary>
    public TensorShape WeightShape => new(Outputs, Window.KernelHeight, Window.KernelWidth, Channels / Groups);

    /// <summary>The number of values that each output depends on.</summary>
    public int FanIn => Saturated((long)Window.KernelHeight * Window.KernelWidth * (Channels / Groups));

    /// <summary>The number of outputs that each value reaches, were the stride 1.</summary>
    public int FanOut => Saturated((long)Window.KernelHeight * Window.KernelWidth * (Outputs / Groups));

    /// <summary>The number of images in a batch.</summary>
    public Size BatchImages => Size.Times(Images);

    /// <summary>
    /// The operations of the convolution as it is defined: each pixel of <paramref name="image"/>, which it makes, from
    /// all of the window, the border included. Its gradients take as many.
    /// </summary>
    public Work Work(Value image) =>
        Lowering.Work.Product(
            Size.Rows(image.Shape), (long)Window.KernelHeight * Window.KernelWidth * (Channels / Groups), Outputs);

    /// <summary>The arguments of the runtime's kernels, from the window on.</summary>
    public EquatableArray<Argument> Arguments =>
        [Window.Argument, Argument.Named("channels", Channels), Argument.Named("outputs", Outputs), Argument.Named("groups", Groups)];

    /// <summary>The kernel for a comment: <c>[32, 3, 3, 1] stride 2</c>.</summary>
    public string Describe()
    {
        string groups = Groups == 1 ? "" : $" groups {Groups}";
        return $"[{WeightShape.ToString(", ")}]{Window.Movement}{groups}";
    }

    private static int Saturated(long value) => (int)Math.Min(value, int.MaxValue);
}
