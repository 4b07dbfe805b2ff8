namespace ModelDsl;

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
