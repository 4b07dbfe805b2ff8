namespace ModelDsl;

/// <summary>
/// A convolution of an image: y[h, w, o] = b[o] + Σ x[h·s + i·d - p, w·s + j·d - p, c] · W[o, i, j, c] over the
/// kernel's rows i and columns j and the channels c of the filter's group, where pixels beyond the border are zero.
/// </summary>
/// <remarks>
/// Images are [height, width, channels], and the weight is [filters, kernelHeight, kernelWidth, channels / groups]
/// (PyTorch's has the channels before the kernel). A grey image gets its channel by <c>[Reshape(28, 28, 1)]</c>.
/// </remarks>
/// <param name="filters">The number of output channels, at least 1.</param>
/// <param name="kernelHeight">The kernel's height.</param>
/// <param name="kernelWidth">The kernel's width.</param>
public sealed class Conv2DAttribute(int filters, int kernelHeight, int kernelWidth)
    : ImageConvolutionAttribute(kernelHeight, kernelWidth), IGroupArguments
{
    /// <summary>A convolution with a square kernel.</summary>
    /// <param name="filters">The number of output channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's height and width.</param>
    public Conv2DAttribute(int filters, int kernelSize)
        : this(filters, kernelSize, kernelSize)
    {
    }

    /// <summary>The number of output channels.</summary>
    public int Filters { get; } = filters;

    /// <summary>
    /// Into how many groups the channels are divided; each filter sees one of them. Must divide input channels and filters.
    /// Default: 1.
    /// </summary>
    public int Groups { get; set; } = 1;
}
