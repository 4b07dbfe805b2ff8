using System.Globalization;

namespace ModelDsl;

/// <summary>What <see cref="GradientCheck"/> found.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Tolerance">The tolerance that it was held to.</param>
/// <param name="Comparisons">All derivatives that were compared.</param>
public sealed record GradientCheckResult(
    string Model, double Tolerance, ImmutableArray<GradientComparison> Comparisons)
{
    private const int MostShown = 10;

    /// <summary>Whether no derivative is wrong.</summary>
    public bool Passed => Comparisons.All(comparison => comparison.IsRight);

    /// <summary>
    /// The tensors whose gradient is not 0 and none of whose comparisons was sharp enough to tell it from 0: they are
    /// right as far as 32 bits can tell. More or larger samples may help.
    /// </summary>
    public ImmutableArray<string> Inconclusive =>
    [
        .. Comparisons.GroupBy(comparison => comparison.Tensor)
            .Where(group => group.Any(comparison => comparison.Analytic != 0)
                && !group.Any(comparison => comparison.IsConclusive))
            .Select(group => group.Key),
    ];

    /// <summary>For tests.</summary>
    /// <exception cref="InvalidOperationException">A derivative is wrong; the message lists the worst.</exception>
    public void ThrowIfFailed()
    {
        if (!Passed)
        {
            throw new InvalidOperationException(ToString());
        }
    }

    /// <summary>How many derivatives were compared, and the worst of those that are wrong.</summary>
    public override string ToString()
    {
        GradientComparison[] wrong =
        [
            .. Comparisons.Where(comparison => !comparison.IsRight)
                .OrderByDescending(comparison => comparison.Deviation / comparison.Allowed),
        ];
        IEnumerable<string> lines =
        [
            wrong.Length == 0
                ? $"{Model}: {Comparisons.Length} derivatives agree with differences of the loss"
                : $"{Model}: {wrong.Length} of {Comparisons.Length} derivatives differ from differences of the loss",
            .. wrong.Take(MostShown).Select(comparison => $"  {comparison}"),
        ];
        return string.Join(Environment.NewLine, lines);
    }
}

/// <summary>One derivative of the loss, by the backward pass and by differences.</summary>
/// <param name="Tensor">The tensor, as files name it; <c>samples</c> for the model's input.</param>
/// <param name="Element">The element; null for a random direction over the whole tensor.</param>
/// <param name="Analytic">The derivative by the backward pass.</param>
/// <param name="Numeric">The derivative by differences of the loss; NaN where the loss is not finite.</param>
/// <param name="Allowed">The largest deviation that counts as right.</param>
public sealed record GradientComparison(
    string Tensor, int? Element, double Analytic, double Numeric, double Allowed)
{
    /// <summary>The distance of the two.</summary>
    public double Deviation => Math.Abs(Analytic - Numeric);

    /// <summary>Whether they agree. A derivative that is NaN never does.</summary>
    public bool IsRight => Deviation <= Allowed;

    /// <summary>Whether the comparison would notice a derivative of 0 in place of this one.</summary>
    public bool IsConclusive => Allowed < Math.Max(Math.Abs(Analytic), Math.Abs(Numeric));

    /// <inheritdoc />
    public override string ToString()
    {
        string place = Element is { } element ? $"[{element}]" : " along a random direction";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Tensor}{place}: expected {Numeric:G5} ± {Allowed:G2}, got {Analytic:G5}");
    }
}
