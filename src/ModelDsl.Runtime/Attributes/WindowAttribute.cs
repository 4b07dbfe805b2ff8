namespace ModelDsl;

/// <summary>A layer that slides a window over an image of height x width x channels.</summary>
/// <param name="kernelHeight">The window's height.</param>
/// <param name="kernelWidth">The window's width.</param>
/// <param name="stride">The stride where the user gives none.</param>
public abstract class WindowAttribute(int kernelHeight, int kernelWidth, int stride) : LayerAttribute
{
    /// <summary>The window's height in pixels, at least 1.</summary>
    public int KernelHeight { get; } = kernelHeight;

    /// <summary>The window's width in pixels, at least 1.</summary>
    public int KernelWidth { get; } = kernelWidth;

    /// <summary>The distance between two windows in both directions, at least 1.</summary>
    public int Stride { get; set; } = stride;

    /// <summary>The distance between two windows from top to bottom; 0, the default, stands for <see cref="Stride"/>.</summary>
    public int StrideHeight { get; set; }

    /// <summary>The distance between two windows from left to right; 0, the default, stands for <see cref="Stride"/>.</summary>
    public int StrideWidth { get; set; }

    /// <summary>How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</summary>
    public Padding Padding { get; set; }

    /// <summary>The pixels of padding at every border; fewer than the window has. Default: 0.</summary>
    public int PaddingSize { get; set; }

    /// <summary>The pixels of padding at the top and the bottom; 0 stands for <see cref="PaddingSize"/>.</summary>
    public int PaddingHeight { get; set; }

    /// <summary>The pixels of padding at the left and the right; 0 stands for <see cref="PaddingSize"/>.</summary>
    public int PaddingWidth { get; set; }

    /// <summary>The pixels of padding at the top; 0 stands for <see cref="PaddingHeight"/>.</summary>
    public int PaddingTop { get; set; }

    /// <summary>The pixels of padding at the bottom; 0 stands for <see cref="PaddingHeight"/>.</summary>
    public int PaddingBottom { get; set; }

    /// <summary>The pixels of padding at the left; 0 stands for <see cref="PaddingWidth"/>.</summary>
    public int PaddingLeft { get; set; }

    /// <summary>The pixels of padding at the right; 0 stands for <see cref="PaddingWidth"/>.</summary>
    public int PaddingRight { get; set; }
}
