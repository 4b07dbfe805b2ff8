namespace ModelDsl;

/// <summary>A layer that slides a window over a volume of depth x height x width x channels.</summary>
/// <param name="kernelDepth">The window's depth.</param>
/// <param name="kernelHeight">The window's height.</param>
/// <param name="kernelWidth">The window's width.</param>
/// <param name="stride">The stride where the user gives none.</param>
public abstract class VolumeWindowAttribute(int kernelDepth, int kernelHeight, int kernelWidth, int stride)
    : LayerAttribute
{
    /// <summary>The window's depth, at least 1.</summary>
    public int KernelDepth { get; } = kernelDepth;

    /// <summary>The window's height, at least 1.</summary>
    public int KernelHeight { get; } = kernelHeight;

    /// <summary>The window's width, at least 1.</summary>
    public int KernelWidth { get; } = kernelWidth;

    /// <summary>The distance between two windows in all directions, at least 1.</summary>
    public int Stride { get; set; } = stride;

    /// <summary>The distance between two windows in depth; 0, the default, stands for <see cref="Stride"/>.</summary>
    public int StrideDepth { get; set; }

    /// <summary>
    /// The distance between two windows from top to bottom; 0, the default, stands for <see cref="Stride"/>.
    /// </summary>
    public int StrideHeight { get; set; }

    /// <summary>
    /// The distance between two windows from left to right; 0, the default, stands for <see cref="Stride"/>.
    /// </summary>
    public int StrideWidth { get; set; }

    /// <summary>How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</summary>
    public Padding Padding { get; set; }

    /// <summary>The padding at every border; less than the window has. Default: 0.</summary>
    public int PaddingSize { get; set; }

    /// <summary>The padding in front and behind; 0 stands for <see cref="PaddingSize"/>.</summary>
    public int PaddingDepth { get; set; }

    /// <summary>The padding at the top and the bottom; 0 stands for <see cref="PaddingSize"/>.</summary>
    public int PaddingHeight { get; set; }

    /// <summary>The padding at the left and the right; 0 stands for <see cref="PaddingSize"/>.</summary>
    public int PaddingWidth { get; set; }

    /// <summary>The padding in front; 0 stands for <see cref="PaddingDepth"/>.</summary>
    public int PaddingFront { get; set; }

    /// <summary>The padding behind; 0 stands for <see cref="PaddingDepth"/>.</summary>
    public int PaddingBack { get; set; }

    /// <summary>The padding at the top; 0 stands for <see cref="PaddingHeight"/>.</summary>
    public int PaddingTop { get; set; }

    /// <summary>The padding at the bottom; 0 stands for <see cref="PaddingHeight"/>.</summary>
    public int PaddingBottom { get; set; }

    /// <summary>The padding at the left; 0 stands for <see cref="PaddingWidth"/>.</summary>
    public int PaddingLeft { get; set; }

    /// <summary>The padding at the right; 0 stands for <see cref="PaddingWidth"/>.</summary>
    public int PaddingRight { get; set; }

    /// <summary>The distance between two places of a window in all directions. Default: 1.</summary>
    public int Dilation { get; set; } = 1;
}

/// <summary>A layer that makes one place of each window of a volume, channel by channel.</summary>
/// <param name="kernelDepth">The window's depth.</param>
/// <param name="kernelHeight">The window's height.</param>
/// <param name="kernelWidth">The window's width.</param>
public abstract class VolumePoolingAttribute(int kernelDepth, int kernelHeight, int kernelWidth)
    : VolumeWindowAttribute(kernelDepth, kernelHeight, kernelWidth, stride: 0)
{
    /// <inheritdoc cref="ImagePoolingAttribute.CeilMode"/>
    public bool CeilMode { get; set; }
}

/// <summary>
/// Takes the largest value of each window of a volume, channel by channel: [depth, height, width, channels] becomes
/// [windows in depth, in height, in width, channels]. Ties go to the first place, and what lies beyond the border does
/// not count.
/// </summary>
/// <remarks>As PyTorch's <c>MaxPool3d</c> with the channels last, and Keras' <c>MaxPooling3D</c>.</remarks>
/// <param name="kernelDepth">The window's depth.</param>
/// <param name="kernelHeight">The window's height.</param>
/// <param name="kernelWidth">The window's width.</param>
public sealed class MaxPool3DAttribute(int kernelDepth, int kernelHeight, int kernelWidth)
    : VolumePoolingAttribute(kernelDepth, kernelHeight, kernelWidth)
{
    /// <summary>
    /// Pools cubes. They do not overlap unless a stride is given: the default, 0, stands for the size of the window.
    /// </summary>
    /// <param name="size">The windows' depth, height and width.</param>
    public MaxPool3DAttribute(int size)
        : this(size, size, size)
    {
    }
}

/// <summary>
/// Takes the mean of each window of a volume, channel by channel: [depth, height, width, channels] becomes [windows in
/// depth, in height, in width, channels]. Only places within the volume count, unless <see
/// cref="CountIncludePadding"/> is set.
/// </summary>
/// <remarks>
/// As PyTorch's <c>AvgPool3d</c> with the channels last, which counts the padding by default and knows no dilation.
/// </remarks>
/// <param name="kernelDepth">The window's depth.</param>
/// <param name="kernelHeight">The window's height.</param>
/// <param name="kernelWidth">The window's width.</param>
public sealed class AvgPool3DAttribute(int kernelDepth, int kernelHeight, int kernelWidth)
    : VolumePoolingAttribute(kernelDepth, kernelHeight, kernelWidth)
{
    /// <summary>
    /// Pools cubes. They do not overlap unless a stride is given: the default, 0, stands for the size of the window.
    /// </summary>
    /// <param name="size">The windows' depth, height and width.</param>
    public AvgPool3DAttribute(int size)
        : this(size, size, size)
    {
    }

    /// <inheritdoc cref="AvgPool2DAttribute.CountIncludePadding"/>
    public bool CountIncludePadding { get; set; }
}
