namespace ModelDsl;

/// <summary>
/// A transposed convolution: the linear map that carries gradients back through a <see cref="Conv2DAttribute"/> of the same
/// kernel, as a layer. It enlarges an image by the stride: each pixel adds its multiple of the kernel to the output.
/// </summary>
/// <remarks>
/// The weight is [input channels, kernelHeight, kernelWidth, filters / groups] (PyTorch's has the filters before the
/// kernel). The output has (input - 1)·stride + dilation·(kernel - 1) + 1 - 2·padding + output padding rows, or
/// input·stride with <see cref="Padding.Same"/>.
/// </remarks>
/// <param name="filters">The number of output channels, at least 1.</param>
/// <param name="kernelHeight">The kernel's height.</param>
/// <param name="kernelWidth">The kernel's width.</param>
public sealed class ConvTranspose2DAttribute(int filters, int kernelHeight, int kernelWidth)
    : ImageConvolutionAttribute(kernelHeight, kernelWidth), IGroupArguments
{
    /// <summary>A transposed convolution with a square kernel.</summary>
    /// <param name="filters">The number of output channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's height and width.</param>
    public ConvTranspose2DAttribute(int filters, int kernelSize)
        : this(filters, kernelSize, kernelSize)
    {
    }

    /// <summary>The number of output channels.</summary>
    public int Filters { get; } = filters;

    /// <summary>Rows and columns added at the bottom and the right, smaller than the stride. Default: 0.</summary>
    public int OutputPadding { get; set; }

    /// <summary>Rows added at the bottom, fewer than the stride from top to bottom; 0 stands for <see cref="OutputPadding"/>.</summary>
    public int OutputPaddingHeight { get; set; }

    /// <summary>
    /// Columns added at the right, fewer than the stride from left to right; 0 stands for <see cref="OutputPadding"/>.
    /// </summary>
    public int OutputPaddingWidth { get; set; }

    /// <summary>
    /// Into how many groups the channels are divided. Must divide input channels and filters. Default: 1.
    /// </summary>
    public int Groups { get; set; } = 1;
}
