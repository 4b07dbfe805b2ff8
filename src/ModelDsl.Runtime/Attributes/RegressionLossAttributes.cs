namespace ModelDsl;

/// <summary>The loss (1/n) Σ (y - t)² over all elements of the batch.</summary>
public sealed class MeanSquaredErrorAttribute : LossAttribute;

/// <summary>The loss mean(|y - t|) over all elements. Targets have the output's shape.</summary>
public sealed class MeanAbsoluteErrorAttribute : LossAttribute;

/// <summary>
/// The loss d²/2 where |d| ≤ δ and δ·(|d| - δ/2) elsewhere, with d = y - t, averaged over all elements: quadratic for
/// small errors, linear for outliers. Targets are values of the output's shape. Huber (1964).
/// </summary>
/// <param name="delta">The error at which the loss turns from quadratic to linear; positive. Default: 1.</param>
public sealed class HuberAttribute(double delta = 1) : LossAttribute
{
    /// <summary>The error at which the loss turns from quadratic to linear.</summary>
    public float Delta { get; } = (float)delta;
}
