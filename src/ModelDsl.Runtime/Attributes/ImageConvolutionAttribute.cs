namespace ModelDsl;

/// <summary>A window over an image whose pixels are multiplied by a weight, with arguments as those of other weights.</summary>
/// <param name="kernelHeight">The kernel's height.</param>
/// <param name="kernelWidth">The kernel's width.</param>
public abstract class ImageConvolutionAttribute(int kernelHeight, int kernelWidth)
    : WindowAttribute(kernelHeight, kernelWidth, stride: 1), IWeightArguments, IDilationArguments
{
    /// <summary>The distance between two pixels of the kernel in both directions. Default: 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The distance between two pixels of the kernel from top to bottom; 0 stands for <see cref="Dilation"/>.</summary>
    public int DilationHeight { get; set; }

    /// <summary>The distance between two pixels of the kernel from left to right; 0 stands for <see cref="Dilation"/>.</summary>
    public int DilationWidth { get; set; }

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
