namespace ModelDsl;

/// <summary>
/// Adds up what the steps of private trainings reveal of a data set, and states it as (ε, δ): for two data sets that
/// differ by one sample, every outcome's probability differs by at most a factor of e^ε, up to a probability of δ.
/// </summary>
/// <remarks>
/// <para>The account is kept in Rényi divergences of several orders, which simply add up (Mironov, "Rényi Differential
/// Privacy", 2017). That of a step is the one of the subsampled Gaussian mechanism (Mironov, Talwar and Zhang, 2019),
/// which assumes that each sample is in a batch with the same probability, independently of all others: Poisson
/// sampling, as <see cref="FitOptions.Privacy"/> draws batches. Batches of a shuffled pass are not that.</para>
/// <para>ε is the smallest over the orders of Balle et al., "Hypothesis Testing Interpretations and Rényi Differential
/// Privacy" (2020), theorem 21. Orders and conversion are those of Opacus' RDPAccountant, and so are the
/// numbers.</para>
/// </remarks>
public sealed class RenyiAccountant
{
    // As Opacus: 1.1, 1.2, ..., 10.9, then 12 to 63.
    private static readonly ImmutableArray<double> UsualOrders =
    [
        .. Enumerable.Range(1, 99).Select(tenth => 1 + (tenth / 10.0)),
        .. Enumerable.Range(12, 52).Select(order => (double)order),
    ];

    // As Opacus: from here on the noise drowns everything.
    private const double LargestNoiseMultiplier = 1e6;

    private readonly double[] _divergences;

    /// <summary>An account of the orders that Opacus uses: 1.1, 1.2, ..., 10.9, then 12 to 63.</summary>
    public RenyiAccountant()
        : this(UsualOrders)
    {
    }

    /// <summary>An account of orders of one's own.</summary>
    /// <param name="orders">The orders α, each above 1 and finite. More of them make ε smaller, up to a point.</param>
    /// <exception cref="ArgumentException">There is no order, or one is not above 1.</exception>
    public RenyiAccountant(ImmutableArray<double> orders)
    {
        if (orders.IsDefaultOrEmpty)
        {
            throw new ArgumentException("expected at least one order, got none", nameof(orders));
        }

        foreach (double order in orders)
        {
            if (!(order > 1) || !double.IsFinite(order))
            {
                throw SettingChecks.Unexpected("orders above 1", order, nameof(orders));
            }
        }

        Orders = orders;
        _divergences = new double[orders.Length];
    }

    /// <summary>The orders of the account.</summary>
    public ImmutableArray<double> Orders { get; }

    /// <summary>The Rényi divergence so far for each of <see cref="Orders"/>; infinite where a step had no
    /// noise.</summary>
    public ImmutableArray<double> Divergences => [.. _divergences];

    /// <summary>Adds steps of one kind.</summary>
    /// <param name="noiseMultiplier">The noise's standard deviation over the norm that gradients are clipped to, at
    /// least 0.</param>
    /// <param name="sampleRate">The probability that a sample is in a batch, in [0, 1].</param>
    /// <param name="steps">The number of steps, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public void Add(double noiseMultiplier, double sampleRate, long steps = 1)
    {
        SettingChecks.NotNegative(noiseMultiplier, nameof(noiseMultiplier));
        if (!(sampleRate is >= 0 and <= 1))
        {
            throw SettingChecks.Unexpected("a rate in [0, 1]", sampleRate, nameof(sampleRate));
        }

        if (steps < 0)
        {
            throw SettingChecks.Unexpected("at least 0 steps", steps, nameof(steps));
        }

        for (int i = 0; steps > 0 && i < _divergences.Length; i++)
        {
            _divergences[i] += steps * SubsampledGaussian.Divergence(sampleRate, noiseMultiplier, Orders[i]);
        }
    }

    /// <summary>ε for a δ, of all steps so far: 0 where there were none, infinite where one had no noise.</summary>
    /// <param name="delta">δ, in (0, 1): usually well below 1 over the number of samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">δ is out of range.</exception>
    public double GetEpsilon(double delta)
    {
        CheckDelta(delta);
        if (Array.TrueForAll(_divergences, divergence => divergence == 0))
        {
            return 0;
        }

        double smallest = double.PositiveInfinity;
        for (int i = 0; i < _divergences.Length; i++)
        {
            double order = Orders[i];
            double epsilon = _divergences[i]
                - ((Math.Log(delta) + Math.Log(order)) / (order - 1))
                + LogSpace.OnePlus(-1 / order);
            smallest = Math.Min(smallest, epsilon);
        }

        // The bound of an order may be below 0, which says no more than 0 does.
        return Math.Max(0, smallest);
    }

    /// <summary>The smallest noise that keeps a training within a budget, to 0.01 in ε. As Opacus'
    /// get_noise_multiplier.</summary>
    /// <param name="epsilon">The most that the training may reveal, positive.</param>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <param name="sampleRate">The probability that a sample is in a batch, in (0, 1].</param>
    /// <param name="steps">The number of steps, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ArgumentException">No noise is enough: the usual orders end at 63, and with them ε at about
    /// log(1/δ)/62.</exception>
    public static double NoiseMultiplierFor(double epsilon, double delta, double sampleRate, long steps)
    {
        CheckEpsilon(epsilon, nameof(epsilon));
        CheckDelta(delta);
        if (!(sampleRate is > 0 and <= 1))
        {
            throw SettingChecks.Unexpected("a rate in (0, 1]", sampleRate, nameof(sampleRate));
        }

        if (steps < 1)
        {
            throw SettingChecks.Unexpected("at least 1 step", steps, nameof(steps));
        }

        const double Tolerance = 0.01;
        double low = 0;
        double high = 10;
        double reached;
        do
        {
            high *= 2;
            reached = EpsilonOf(high);
            if (high > LargestNoiseMultiplier)
            {
                throw new ArgumentException(
                    Invariant($"expected a budget that some noise keeps, but even a noise multiplier of {high:G6} ")
                        + "reveals "
                        + Invariant($"an epsilon of {reached:G4} at a delta of {delta}, more than {epsilon}"),
                    nameof(epsilon));
            }
        }
        while (reached > epsilon);

        // Between neighbouring doubles there is nothing left to halve.
        while (epsilon - reached > Tolerance && low + ((high - low) / 2) is var middle && middle > low && middle < high)
        {
            double found = EpsilonOf(middle);
            (low, high, reached) = found < epsilon ? (low, middle, found) : (middle, high, reached);
        }

        return high;

        double EpsilonOf(double noiseMultiplier)
        {
            var accountant = new RenyiAccountant();
            accountant.Add(noiseMultiplier, sampleRate, steps);
            return accountant.GetEpsilon(delta);
        }
    }

    /// <summary>A positive, finite ε.</summary>
    internal static double CheckEpsilon(double value, string name) =>
        value > 0 && double.IsFinite(value) ? value : throw SettingChecks.Unexpected("a positive epsilon", value, name);

    /// <summary>A δ in (0, 1).</summary>
    internal static double CheckDelta(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is > 0 and < 1 ? value : throw SettingChecks.Unexpected("a delta in (0, 1)", value, name);
}
