namespace ModelDsl;

/// <summary>
/// Takes the largest value of each window, channel by channel. Ties go to the first pixel, and pixels beyond the border
/// do not count.
/// </summary>
/// <param name="kernelHeight">The window's height.</param>
/// <param name="kernelWidth">The window's width.</param>
public sealed class MaxPool2DAttribute(int kernelHeight, int kernelWidth)
    : WindowAttribute(kernelHeight, kernelWidth, stride: 0)
{
    /// <summary>
    /// Pools square windows. They do not overlap unless a stride is given: the default, 0, stands for the size of the
    /// window.
    /// </summary>
    /// <param name="size">The windows' height and width.</param>
    public MaxPool2DAttribute(int size)
        : this(size, size)
    {
    }

    /// <summary>
    /// Whether the number of windows is rounded up (PyTorch's <c>ceil_mode</c>): a last window may then reach beyond
    /// the image and its padding, unless it would start in the padding. Default: false. If true, there are ⌈(input +
    /// 2·padding - window) / stride⌉ + 1 rows, one fewer where the last would start at input + padding or later. It
    /// changes nothing under <see cref="Padding.Same"/>.
    /// </summary>
    public bool CeilMode { get; set; }
}
