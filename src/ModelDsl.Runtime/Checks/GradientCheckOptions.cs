namespace ModelDsl;

/// <summary>What <see cref="GradientCheck"/> compares.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>
    /// The largest deviation, as a part of the derivative, beyond what the differences are uncertain by. Above 0.
    /// Default: 0.01.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public double Tolerance
    {
        get;
        init => field = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Tolerance), value, "expected a tolerance above 0");
    }
    = 0.01;

    /// <summary>The random directions for each tensor: each takes 20 losses. Default: 4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Directions
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Directions));
            field = value;
        }
    }
    = 4;

    /// <summary>
    /// The elements of each tensor: the one with the largest gradient, and random ones. Each takes 20 losses. Default:
    /// 4.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Elements
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Elements));
            field = value;
        }
    }
    = 4;

    /// <summary>What directions and elements are drawn from. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;
}
