namespace ModelDsl;

/// <summary>
/// A convolution of a sequence along its steps: y[t, o] = b[o] + Σ x[t·s + i·d - p, c] · W[o, i, c], where steps beyond the
/// ends are zero.
/// </summary>
/// <remarks>The weight is [filters, kernelSize, features / groups].</remarks>
/// <param name="filters">The number of output features, at least 1.</param>
/// <param name="kernelSize">The number of steps that each output depends on, at least 1.</param>
public sealed class Conv1DAttribute(int filters, int kernelSize) : WeightedLayerAttribute, IGroupArguments
{
    /// <summary>The number of output features.</summary>
    public int Filters { get; } = filters;

    /// <summary>The number of steps that each output depends on.</summary>
    public int KernelSize { get; } = kernelSize;

    /// <summary>The distance between two windows in steps. Default: 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>How far windows reach beyond the ends. Default: <see cref="Padding.Valid"/>.</summary>
    public Padding Padding { get; set; }

    /// <summary>The number of steps of padding at each end; smaller than the window. Default: 0.</summary>
    public int PaddingSize { get; set; }

    /// <summary>The steps of padding before the first step; 0 stands for <see cref="PaddingSize"/>.</summary>
    public int PaddingLeft { get; set; }

    /// <summary>The steps of padding behind the last step; 0 stands for <see cref="PaddingSize"/>.</summary>
    public int PaddingRight { get; set; }

    /// <summary>
    /// Whether each output depends on its own step and earlier ones only: the padding is all at the start, none at the
    /// end. Default: false.
    /// </summary>
    public bool Causal { get; set; }

    /// <summary>The distance between two steps of the kernel. Default: 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>
    /// Into how many groups the features are divided; each filter sees one of them. Must divide features and filters.
    /// Default: 1.
    /// </summary>
    public int Groups { get; set; } = 1;
}
