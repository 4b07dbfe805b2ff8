namespace ModelDsl;

/// <summary>A layer that makes one pixel of each window of an image, channel by channel.</summary>
/// <param name="kernelHeight">The window's height.</param>
/// <param name="kernelWidth">The window's width.</param>
public abstract class ImagePoolingAttribute(int kernelHeight, int kernelWidth)
    : WindowAttribute(kernelHeight, kernelWidth, stride: 0), IDilationArguments
{
    /// <summary>
    /// Whether the number of windows is rounded up (PyTorch's <c>ceil_mode</c>): a last window may then reach beyond
    /// the image and its padding, unless it would start in the padding. Default: false. If true, there are ⌈(input +
    /// 2·padding - window) / stride⌉ + 1 rows, one fewer where the last would start at input + padding or later. It
    /// changes nothing under <see cref="Padding.Same"/>.
    /// </summary>
    public bool CeilMode { get; set; }

    /// <summary>The distance between two pixels of the window in both directions. Default: 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>
    /// The distance between two pixels of the window from top to bottom; 0 stands for <see cref="Dilation"/>.
    /// </summary>
    public int DilationHeight { get; set; }

    /// <summary>
    /// The distance between two pixels of the window from left to right; 0 stands for <see cref="Dilation"/>.
    /// </summary>
    public int DilationWidth { get; set; }
}

/// <summary>
/// Takes the largest value of each window, channel by channel. Ties go to the first pixel, and pixels beyond the border
/// do not count.
/// </summary>
/// <param name="kernelHeight">The window's height.</param>
/// <param name="kernelWidth">The window's width.</param>
public sealed class MaxPool2DAttribute(int kernelHeight, int kernelWidth)
    : ImagePoolingAttribute(kernelHeight, kernelWidth)
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
}

/// <summary>
/// Takes the mean of each window, channel by channel. Only pixels within the image count, so a window at the border
/// averages fewer of them, unless <see cref="CountIncludePadding"/> is set.
/// </summary>
/// <remarks>As ONNX's <c>AveragePool</c>. PyTorch's <c>AvgPool2d</c> and Keras' know no dilation.</remarks>
/// <param name="kernelHeight">The window's height.</param>
/// <param name="kernelWidth">The window's width.</param>
public sealed class AvgPool2DAttribute(int kernelHeight, int kernelWidth)
    : ImagePoolingAttribute(kernelHeight, kernelWidth)
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
    /// Whether pixels of the padding, which are zeros, count in the mean, as they do in PyTorch by default
    /// (<c>count_include_pad</c>). Default: false, as in Keras and ONNX. What a window of <see
    /// cref="ImagePoolingAttribute.CeilMode"/> covers beyond the padding never counts.
    /// </summary>
    public bool CountIncludePadding { get; set; }
}

/// <summary>
/// The mean of each channel over the whole image, or of each feature over all steps of a sequence: a vector of as many
/// elements as there are channels. Steps of padding (<see cref="InputAttribute.Padding"/>) are left out; where all are
/// padding the mean is 0.
/// </summary>
public sealed class GlobalAveragePoolAttribute : LayerAttribute;
