namespace ModelDsl;

/// <summary>
/// A convolution of a volume: y[d, h, w, o] = b[o] + Σ x[d·s + k·t - p, h·s + i·t - p, w·s + j·t - p, c] · W[o, i, j,
/// k, c] over the kernel's planes k, rows i and columns j and the channels c of the filter's group, with the stride s,
/// the dilation t and the padding p; what is beyond the border is zero.
/// </summary>
/// <remarks>
/// Volumes are [depth, height, width, channels], and the weight is [filters, kernelHeight, kernelWidth, kernelDepth,
/// channels / groups]: the planes of the kernel stand beside its channels. PyTorch's <c>Conv3d</c> has [filters,
/// channels / groups, kernelDepth, kernelHeight, kernelWidth], Keras' <c>Conv3D</c> [kernelDepth, kernelHeight,
/// kernelWidth, channels / groups, filters]. The planes under each window are laid out beside each other, so it works
/// in memory of kernelDepth times its input.
/// </remarks>
/// <param name="filters">The number of output channels, at least 1.</param>
/// <param name="kernelDepth">The kernel's depth.</param>
/// <param name="kernelHeight">The kernel's height.</param>
/// <param name="kernelWidth">The kernel's width.</param>
public sealed class Conv3DAttribute(int filters, int kernelDepth, int kernelHeight, int kernelWidth)
    : VolumeWindowAttribute(kernelDepth, kernelHeight, kernelWidth, stride: 1), IWeightArguments, IGroupArguments
{
    /// <summary>A convolution with a cube as its kernel.</summary>
    /// <param name="filters">The number of output channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's depth, height and width.</param>
    public Conv3DAttribute(int filters, int kernelSize)
        : this(filters, kernelSize, kernelSize, kernelSize)
    {
    }

    /// <summary>The number of output channels.</summary>
    public int Filters { get; } = filters;

    /// <summary>
    /// Into how many groups the channels are divided; each filter sees one of them. Must divide input channels and
    /// filters. Default: 1.
    /// </summary>
    public int Groups { get; set; } = 1;

    /// <inheritdoc cref="WeightedLayerAttribute.UseBias"/>
    public bool UseBias { get; set; } = true;

    /// <inheritdoc cref="WeightedLayerAttribute.WeightInitializer"/>
    public Initializer WeightInitializer { get; set; } = Initializer.GlorotUniform;

    /// <inheritdoc cref="WeightedLayerAttribute.WeightConstant"/>
    public double WeightConstant { get; set; }

    /// <inheritdoc cref="WeightedLayerAttribute.WeightL1"/>
    public double WeightL1 { get; set; }

    /// <inheritdoc cref="WeightedLayerAttribute.WeightL2"/>
    public double WeightL2 { get; set; }

    /// <inheritdoc cref="WeightedLayerAttribute.BiasInitializer"/>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <inheritdoc cref="WeightedLayerAttribute.BiasConstant"/>
    public double BiasConstant { get; set; }
}
