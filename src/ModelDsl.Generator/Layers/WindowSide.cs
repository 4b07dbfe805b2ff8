namespace ModelDsl.Generator.Layers;

/// <summary>What the arguments of a window say of one direction.</summary>
/// <param name="Name">What messages call the size of a window in it.</param>
/// <param name="Kernel">The size of a window.</param>
/// <param name="Stride">The distance between two windows; 0 where none is given.</param>
/// <param name="Dilation">The distance between two places of a window.</param>
/// <param name="Padding">What is added at each end, or before the beginning.</param>
internal readonly record struct WindowSide(
    string Name, GivenNumber Kernel, GivenNumber Stride, GivenNumber Dilation, GivenNumber Padding)
{
    /// <summary>What is added behind the end.</summary>
    public GivenNumber PaddingBehind { get; init; } = Padding;

    /// <summary>A direction whose ends may be padded each by itself.</summary>
    /// <param name="name">What messages call the size of a window in it.</param>
    /// <param name="kernel">The size of a window.</param>
    /// <param name="stride">The distance between two windows; 0 where none is given.</param>
    /// <param name="dilation">The distance between two places of a window.</param>
    /// <param name="padding">What is added at an end that says nothing of its own.</param>
    /// <param name="before">What is added before the beginning; 0 where nothing is said.</param>
    /// <param name="behind">What is added behind the end; 0 where nothing is said.</param>
    public static WindowSide Of(
        string name,
        GivenNumber kernel,
        GivenNumber stride,
        GivenNumber dilation,
        GivenNumber padding,
        GivenNumber before,
        GivenNumber behind) =>
        new(name, kernel, stride, dilation, before.Or(padding)) { PaddingBehind = behind.Or(padding) };

    private long Reach => ((long)Dilation.Value * (Kernel.Value - 1)) + 1;

    /// <summary>The stride, or that of windows side by side where none is given.</summary>
    public int StrideOr(bool isDisjoint) => isDisjoint && Stride.Value == 0 ? Kernel.Value : Stride.Value;

    /// <summary>Whether size and distances are at least 1; reports the first that is not.</summary>
    public bool CheckSizes(LayerContext layer, bool isDisjoint) =>
        WindowArguments.CheckSize(layer, Kernel.Argument, $"window {Name}", Kernel.Value)
        && WindowArguments.CheckSize(layer, Stride.Argument, "stride", StrideOr(isDisjoint))
        && WindowArguments.CheckSize(layer, Dilation.Argument, "dilation", Dilation.Value);

    /// <summary>Whether the padding is smaller than the window and said in one way; reports where not.</summary>
    public bool CheckPadding(LayerContext layer, Padding padding) =>
        CheckPadding(layer, Padding, padding) && CheckPadding(layer, PaddingBehind, padding);

    private bool CheckPadding(LayerContext layer, GivenNumber given, Padding padding)
    {
        string kind = layer.Declaration.Kind;
        if (given.Value < 0 || given.Value >= Reach)
        {
            layer.Report(PaddingOutOfRange.Message(kind, Reach, given.Value), given.Argument);
            return false;
        }

        if (given.Value > 0 && padding == ModelDsl.Padding.Same)
        {
            layer.Report(PaddingGivenTwice.Message(kind, "Padding.Same", given.Value), given.Argument);
            return false;
        }

        return true;
    }
}
