namespace ModelDsl;

/// <summary>Adds a margin of one value around an image of height x width x channels.</summary>
/// <param name="top">The number of rows added at the top, at least 0.</param>
/// <param name="bottom">The number of rows added at the bottom, at least 0.</param>
/// <param name="left">The number of columns added at the left, at least 0.</param>
/// <param name="right">The number of columns added at the right, at least 0.</param>
public sealed class PadAttribute(int top, int bottom, int left, int right) : LayerAttribute
{
    /// <summary>Adds the same margin at all sides.</summary>
    /// <param name="margin">The number of rows or columns added at each side, at least 0.</param>
    public PadAttribute(int margin)
        : this(margin, margin, margin, margin)
    {
    }

    /// <summary>The number of rows added at the top.</summary>
    public int Top { get; } = top;

    /// <summary>The number of rows added at the bottom.</summary>
    public int Bottom { get; } = bottom;

    /// <summary>The number of columns added at the left.</summary>
    public int Left { get; } = left;

    /// <summary>The number of columns added at the right.</summary>
    public int Right { get; } = right;

    /// <summary>The value that fills the margin. Default: 0.</summary>
    public double Value { get; set; }
}

/// <summary>Enlarges an image of height x width x channels by whole factors.</summary>
/// <param name="factorHeight">How many rows each row becomes, at least 1.</param>
/// <param name="factorWidth">How many columns each column becomes, at least 1.</param>
public sealed class UpsampleAttribute(int factorHeight, int factorWidth) : LayerAttribute
{
    /// <summary>Enlarges both directions by the same factor.</summary>
    /// <param name="factor">How many rows each row becomes, and columns each column, at least 1.</param>
    public UpsampleAttribute(int factor)
        : this(factor, factor)
    {
    }

    /// <summary>How many rows each row becomes.</summary>
    public int FactorHeight { get; } = factorHeight;

    /// <summary>How many columns each column becomes.</summary>
    public int FactorWidth { get; } = factorWidth;

    /// <summary>Where the new pixels' values come from. Default: <see cref="Interpolation.Nearest"/>.</summary>
    public Interpolation Interpolation { get; set; }
}
