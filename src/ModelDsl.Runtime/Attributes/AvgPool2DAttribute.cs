namespace ModelDsl;

/// <summary>Takes the mean of each window, channel by channel. Only pixels within the image count, so a window at the border is a mean of fewer.</summary>
/// <param name="kernelHeight">The window's height.</param>
/// <param name="kernelWidth">The window's width.</param>
public sealed class AvgPool2DAttribute(int kernelHeight, int kernelWidth)
    : WindowAttribute(kernelHeight, kernelWidth, stride: 0)
{
    /// <summary>Pools square windows. They do not overlap unless a stride is given: 0, its default, stands for the window.</summary>
    /// <param name="size">The windows' height and width.</param>
    public AvgPool2DAttribute(int size)
        : this(size, size)
    {
    }
}
