namespace ModelDsl;

/// <summary>
/// A convolution of each channel by itself: <see cref="Conv2DAttribute"/> with as many groups as channels. The weight is
/// [channels · multiplier, kernelHeight, kernelWidth, 1].
/// </summary>
/// <param name="kernelHeight">The kernel's height.</param>
/// <param name="kernelWidth">The kernel's width.</param>
public sealed class DepthwiseConv2DAttribute(int kernelHeight, int kernelWidth)
    : ImageConvolutionAttribute(kernelHeight, kernelWidth)
{
    /// <summary>A convolution with square kernels.</summary>
    /// <param name="kernelSize">The kernels' height and width.</param>
    public DepthwiseConv2DAttribute(int kernelSize)
        : this(kernelSize, kernelSize)
    {
    }

    /// <summary>The number of output channels for each input channel, at least 1. Default: 1.</summary>
    public int Multiplier { get; set; } = 1;
}
