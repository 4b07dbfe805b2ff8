namespace ModelDsl;

/// <summary>
/// A convolution of each channel by itself: <see cref="Conv2DAttribute"/> with as many groups as channels. The weight is
/// [channels · multiplier, kernelHeight, kernelWidth, 1].
/// </summary>
/// <param name="kernelHeight">The kernel's height.</param>
/// <param name="kernelWidth">The kernel's width.</param>
public sealed class DepthwiseConv2DAttribute(int kernelHeight, int kernelWidth)
    : WindowAttribute(kernelHeight, kernelWidth, stride: 1), IWeightArguments, IDilationArguments
{
    /// <summary>A convolution with square kernels.</summary>
    /// <param name="kernelSize">The kernels' height and width.</param>
    public DepthwiseConv2DAttribute(int kernelSize)
        : this(kernelSize, kernelSize)
    {
    }

    /// <summary>The number of output channels for each input channel, at least 1. Default: 1.</summary>
    public int Multiplier { get; set; } = 1;

    /// <summary>The distance between two pixels of the kernel in both directions. Default: 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The distance between two pixels of the kernel from top to bottom; 0 stands for <see cref="Dilation"/>.</summary>
    public int DilationHeight { get; set; }

    /// <summary>The distance between two pixels of the kernel from left to right; 0 stands for <see cref="Dilation"/>.</summary>
    public int DilationWidth { get; set; }

    /// <summary>Whether a bias is added. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the weight is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer WeightInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>The weight where <see cref="WeightInitializer"/> is <see cref="Initializer.Constant"/>.</summary>
    public double WeightConstant { get; set; }

    /// <summary>
    /// The factor λ of the penalty λ·Σ|w| that training minimises along with the loss, at least 0. Default: 0. As in Keras, it is
    /// part of the training loss that is reported; evaluation gives the loss alone.
    /// </summary>
    public double WeightL1 { get; set; }

    /// <summary>
    /// The factor λ of the penalty λ·Σw² that training minimises along with the loss, at least 0. Default: 0. Its gradient is 2λ·w.
    /// </summary>
    public double WeightL2 { get; set; }

    /// <summary>How the bias is filled before training. Default: <see cref="Initializer.Zeros"/>.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>The bias where <see cref="BiasInitializer"/> is <see cref="Initializer.Constant"/>.</summary>
    public double BiasConstant { get; set; }
}
