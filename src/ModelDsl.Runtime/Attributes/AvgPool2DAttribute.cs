namespace ModelDsl;

/// <summary>
/// Takes the mean of each window, channel by channel. Only pixels within the image count, so a window at the border
/// averages fewer of them, unless <see cref="CountIncludePadding"/> is set.
/// </summary>
/// <param name="kernelHeight">The window's height.</param>
/// <param name="kernelWidth">The window's width.</param>
public sealed class AvgPool2DAttribute(int kernelHeight, int kernelWidth)
    : WindowAttribute(kernelHeight, kernelWidth, stride: 0)
{
    /// <summary>
    /// Pools square windows. They do not overlap unless a stride is given: the default, 0, stands for the size of the
    /// window.
    /// </summary>
    /// <param name="size">The windows' height and width.</param>
    public AvgPool2DAttribute(int size)
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

    /// <summary>
    /// Whether pixels of the padding, which are zeros, count in the mean, as they do in PyTorch by default
    /// (<c>count_include_pad</c>). Default: false, as in Keras and ONNX. What a window of <see cref="CeilMode"/> covers beyond the
    /// padding never counts.
    /// </summary>
    public bool CountIncludePadding { get; set; }
}
