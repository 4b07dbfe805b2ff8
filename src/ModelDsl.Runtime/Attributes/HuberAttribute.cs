namespace ModelDsl;

/// <summary>
/// The loss d²/2 where |d| ≤ δ and δ·(|d| - δ/2) elsewhere, with d = y - t, averaged over all elements: squares for small
/// errors, and no more than a line for outliers. Targets are values of the output's shape. Huber (1964).
/// </summary>
/// <param name="delta">Where the parabola becomes a line; positive. Default: 1.</param>
public sealed class HuberAttribute(double delta = 1) : LossAttribute
{
    /// <summary>Where the parabola becomes a line.</summary>
    public float Delta { get; } = (float)delta;
}
