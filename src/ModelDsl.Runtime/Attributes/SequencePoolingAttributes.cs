namespace ModelDsl;

/// <summary>A layer that makes one step of each window of a sequence's steps.</summary>
/// <param name="size">The number of steps of a window.</param>
public abstract class SequencePoolingAttribute(int size) : LayerAttribute
{
    /// <summary>The number of steps of a window, at least 1.</summary>
    public int Size { get; } = size;

    /// <summary>The distance between two windows in steps; 0, the default, stands for their size.</summary>
    public int Stride { get; set; }

    /// <summary>How far windows reach beyond the ends. Default: <see cref="Padding.Valid"/>.</summary>
    public Padding Padding { get; set; }

    /// <summary>The steps of padding at each end; fewer than the window has. Default: 0.</summary>
    public int PaddingSize { get; set; }

    /// <summary>The steps of padding before the first step; 0 stands for <see cref="PaddingSize"/>.</summary>
    public int PaddingLeft { get; set; }

    /// <summary>The steps of padding behind the last step; 0 stands for <see cref="PaddingSize"/>.</summary>
    public int PaddingRight { get; set; }

    /// <summary>The distance between two steps of a window. Default: 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <inheritdoc cref="ImagePoolingAttribute.CeilMode"/>
    public bool CeilMode { get; set; }
}

/// <summary>
/// Takes the largest value of each window of steps, feature by feature: [steps, features] becomes [windows, features].
/// Ties go to the first step, and steps beyond the ends do not count.
/// </summary>
/// <remarks>As PyTorch's <c>MaxPool1d</c> with the features last.</remarks>
/// <param name="size">The number of steps of a window.</param>
public sealed class MaxPool1DAttribute(int size) : SequencePoolingAttribute(size);

/// <summary>
/// Takes the mean of each window of steps, feature by feature: [steps, features] becomes [windows, features]. Only
/// steps of the sequence count, unless <see cref="CountIncludePadding"/> is set.
/// </summary>
/// <remarks>
/// As PyTorch's <c>AvgPool1d</c> with the features last, which counts the padding by default and knows no dilation.
/// </remarks>
/// <param name="size">The number of steps of a window.</param>
public sealed class AvgPool1DAttribute(int size) : SequencePoolingAttribute(size)
{
    /// <inheritdoc cref="AvgPool2DAttribute.CountIncludePadding"/>
    public bool CountIncludePadding { get; set; }
}
