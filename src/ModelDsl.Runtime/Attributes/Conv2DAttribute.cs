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
    : WindowAttribute(kernelHeight, kernelWidth, stride: 1), IWeightArguments, IGroupArguments, IDilationArguments
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

    /// <summary>The distance between two pixels of the kernel in both directions. Default: 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The distance between two pixels of the kernel from top to bottom; 0 stands for <see cref="Dilation"/>.</summary>
    public int DilationHeight { get; set; }

    /// <summary>The distance between two pixels of the kernel from left to right; 0 stands for <see cref="Dilation"/>.</summary>
    public int DilationWidth { get; set; }

    /// <summary>
    /// Into how many groups the channels are divided; each filter sees one of them. Must divide input channels and filters.
    /// Default: 1.
    /// </summary>
    public int Groups { get; set; } = 1;

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
