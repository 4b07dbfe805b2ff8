namespace ModelDsl.Runtime.Tests.Training.Privacy;

/// <summary>The account of private trainings, against numbers that Opacus and TensorFlow Privacy publish in their
/// tests.</summary>
public sealed class RenyiAccountantTests
{
    /// <summary>Opacus, opacus/tests/accountants_test.py, test_rdp_accountant.</summary>
    [Fact]
    public void Epsilon_is_that_of_the_test_of_Opacus()
    {
        var accountant = new RenyiAccountant();
        accountant.Add(noiseMultiplier: 1.5, sampleRate: 0.04, steps: 2250);
        Assert.Equal(7.32911117143, accountant.GetEpsilon(1e-5), 1e-7);
    }

    /// <summary>Opacus, opacus/accountants/analysis/rdp.py, the example of the module.</summary>
    [Fact]
    public void Epsilon_of_steps_of_two_kinds_is_that_of_the_example_of_Opacus()
    {
        var accountant = new RenyiAccountant([.. Enumerable.Range(2, 31).Select(order => (double)order)]);
        accountant.Add(noiseMultiplier: 1, sampleRate: 1e-5, steps: 10);
        accountant.Add(noiseMultiplier: 3, sampleRate: 1e-4, steps: 4);
        Assert.Equal(0.336, accountant.GetEpsilon(1e-5), 5e-4);
    }

    /// <summary>
    /// Opacus, opacus/tests/accountants_test.py, test_get_noise_multiplier_rdp_epochs (90 epochs) and
    /// test_get_noise_multiplier_rdp_steps.
    /// </summary>
    [Theory]
    [InlineData(2250, 1.416)]
    [InlineData(2000, 1.3562)]
    public void Noise_for_a_budget_is_that_of_the_tests_of_Opacus(long steps, double expected) =>
        Assert.Equal(
            expected, RenyiAccountant.NoiseMultiplierFor(epsilon: 8, delta: 1e-5, sampleRate: 0.04, steps), 5e-5);

    /// <summary>
    /// TensorFlow Privacy, privacy/analysis/rdp_accountant_test.py: test_compute_rdp_no_sampling,
    /// test_compute_rdp_scalar, test_compute_rdp_sequence.
    /// </summary>
    [Theory]
    [InlineData(1, 10, 1, 20, 0.1, 1e-12)]
    [InlineData(0.1, 2, 10, 5, 0.07737, 1e-5)]
    [InlineData(0.01, 2.5, 50, 1.5, 0.00065, 1e-5)]
    [InlineData(0.01, 2.5, 50, 2.5, 0.001085, 1e-5)]
    [InlineData(0.01, 2.5, 50, 5, 0.00218075, 1e-5)]
    [InlineData(0.01, 2.5, 50, 50, 0.023846, 1e-5)]
    [InlineData(0.01, 2.5, 50, 100, 167.416307, 1e-5)]
    public void Divergences_are_those_of_the_tests_of_TensorFlow_Privacy(
        double sampleRate, double noiseMultiplier, long steps, double order, double expected, double tolerance)
    {
        var accountant = new RenyiAccountant([order]);
        accountant.Add(noiseMultiplier, sampleRate, steps);
        Assert.Equal(expected, accountant.Divergences[0], tolerance);
    }

    /// <summary>
    /// TensorFlow Privacy, privacy/analysis/rdp_accountant_test.py, test_get_privacy_spent_check_target_delta: 1.258575
    /// with order 20, by the conversion of Mironov (2017), divergence + log(1/δ)/(order - 1).
    /// </summary>
    [Fact]
    public void Divergence_converts_to_the_epsilon_of_the_test_of_TensorFlow_Privacy()
    {
        var accountant = new RenyiAccountant([.. Enumerable.Range(2, 31).Select(order => (double)order)]);
        accountant.Add(noiseMultiplier: 4, sampleRate: 0.01, steps: 10_000);
        (double epsilon, double order) = accountant.Divergences
            .Select(
                (divergence, i) => (divergence - (Math.Log(1e-5) / (accountant.Orders[i] - 1)), accountant.Orders[i]))
            .Min();
        Assert.Equal(1.258575, epsilon, 1e-5);
        Assert.Equal(20, order);

        // The newer conversion never gives more.
        Assert.InRange(accountant.GetEpsilon(1e-5), 0.9, epsilon);
    }

    /// <summary>TensorFlow Privacy, privacy/analysis/rdp_accountant_test.py, test_compute_log_a_equals_mp: its cases,
    /// by an integral of our own.</summary>
    [Theory]
    [InlineData(1e-6, 1, 27)]
    [InlineData(1e-4, 1, 1.5)]
    [InlineData(1e-3, 1, 2)]
    [InlineData(0.01, 10, 20)]
    [InlineData(0.1, 100, 20.5)]
    [InlineData(0.99, 0.5, 30)]
    [InlineData(0.999, 100, 60.1)]
    [InlineData(0.3, 0.7, 3.7)]
    public void Divergence_is_that_of_the_integral(double q, double sigma, double order)
    {
        // ∫ N(0, σ²)·((1 - q) + q·e^((2z - 1)/2σ²))^α dz, as a sum: the integrand and all its derivatives vanish at
        // both ends.
        double low = -15 * sigma, high = order + (15 * sigma);
        const int Steps = 200_000;
        double width = (high - low) / Steps;
        double largest = double.NegativeInfinity;
        double[] logs = new double[Steps];
        for (int i = 0; i < Steps; i++)
        {
            double z = low + ((i + 0.5) * width);
            double ratio = ((2 * z) - 1) / (2 * sigma * sigma);
            double mixture = ratio > 0
                ? ratio + Math.Log(q + ((1 - q) * Math.Exp(-ratio)))
                : Math.Log(1 - q + (q * Math.Exp(ratio)));
            logs[i] = (-z * z / (2 * sigma * sigma)) - Math.Log(sigma * Math.Sqrt(2 * Math.PI)) + (order * mixture);
            largest = Math.Max(largest, logs[i]);
        }

        double log = largest + Math.Log(logs.Sum(value => Math.Exp(value - largest)) * width);
        var accountant = new RenyiAccountant([order]);
        accountant.Add(sigma, q);
        Assert.Equal(log / (order - 1), accountant.Divergences[0], (1e-6 * log / (order - 1)) + 1e-9);
    }

    [Fact]
    public void No_step_reveals_nothing_and_no_noise_everything()
    {
        var accountant = new RenyiAccountant();
        Assert.Equal(0, accountant.GetEpsilon(1e-5));
        accountant.Add(noiseMultiplier: 0, sampleRate: 0.1, steps: 0);
        accountant.Add(noiseMultiplier: 0, sampleRate: 0, steps: 5);
        Assert.Equal(0, accountant.GetEpsilon(1e-5));
        accountant.Add(noiseMultiplier: 0, sampleRate: 0.1);
        Assert.Equal(double.PositiveInfinity, accountant.GetEpsilon(1e-5));
    }

    [Fact]
    public void Steps_add_up_whatever_their_order() =>
        Gen.Select(Gen.Double[0.3, 5], Gen.Double[0.001, 1], Gen.Int[1, 500]).Array[2, 4].Sample(
            kinds =>
            {
                var forwards = new RenyiAccountant();
                var backwards = new RenyiAccountant();
                foreach ((double noise, double rate, int steps) in kinds)
                {
                    forwards.Add(noise, rate, steps);
                }

                foreach ((double noise, double rate, int steps) in kinds.Reverse())
                {
                    backwards.Add(noise, rate, steps / 2);
                    backwards.Add(noise, rate, steps - (steps / 2));
                }

                double epsilon = forwards.GetEpsilon(1e-5);
                Assert.Equal(epsilon, backwards.GetEpsilon(1e-5), 1e-9 * (1 + epsilon));
            },
            iter: 20);

    [Fact]
    public void More_noise_fewer_samples_and_fewer_steps_reveal_less() =>
        Gen.Select(Gen.Double[0.1, 8], Gen.Double[0.0001, 0.9], Gen.Long[2, 5000]).Sample(
            (noise, rate, steps) =>
            {
                double epsilon = EpsilonOf(noise, rate, steps);
                Assert.True(double.IsFinite(epsilon));
                Assert.True(EpsilonOf(noise * 1.1, rate, steps) <= epsilon);
                Assert.True(EpsilonOf(noise, rate * 0.9, steps) <= epsilon);
                Assert.True(EpsilonOf(noise, rate, steps - 1) <= epsilon);
            },
            iter: 60);

    /// <summary>As Opacus, opacus/tests/accountants_test.py, test_get_noise_multiplier_overshoot.</summary>
    [Fact]
    public void Noise_for_a_budget_keeps_to_it_and_wastes_little() =>
        Gen.Select(Gen.Double[1, 10], Gen.Int[10, 100], Gen.Int[1, 4], Gen.Int[4, 6]).Sample(
            (epsilon, epochs, ratePower, deltaPower) =>
            {
                (double rate, double delta) = (Math.Pow(10, -ratePower), Math.Pow(10, -deltaPower));
                long steps = (long)(epochs / rate);
                double noise = RenyiAccountant.NoiseMultiplierFor(epsilon, delta, rate, steps);
                var accountant = new RenyiAccountant();
                accountant.Add(noise, rate, steps);
                Assert.InRange(accountant.GetEpsilon(delta), epsilon - 0.0101, epsilon);
            },
            iter: 15);

    [Fact]
    public void Budget_that_no_noise_keeps_is_an_error_that_says_so()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => RenyiAccountant.NoiseMultiplierFor(0.01, 1e-5, 0.1, 1000));
        Assert.Contains("expected a budget that some noise keeps", exception.Message, StringComparison.Ordinal);
        Assert.Contains("more than 0.01", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        var accountant = new RenyiAccountant();
        Assert.Throws<ArgumentOutOfRangeException>(() => accountant.Add(-1, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => accountant.Add(double.NaN, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => accountant.Add(1, -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => accountant.Add(1, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => accountant.Add(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => accountant.Add(1, 0.1, -1));
        foreach (double delta in (double[])[0, 1, -1, double.NaN])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => accountant.GetEpsilon(delta));
            Assert.Throws<ArgumentOutOfRangeException>(() => RenyiAccountant.NoiseMultiplierFor(1, delta, 0.1, 10));
        }

        Assert.Throws<ArgumentException>(() => new RenyiAccountant([]));
        Assert.Throws<ArgumentException>(() => new RenyiAccountant(default));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RenyiAccountant([2, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RenyiAccountant([double.PositiveInfinity]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RenyiAccountant.NoiseMultiplierFor(0, 1e-5, 0.1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => RenyiAccountant.NoiseMultiplierFor(1, 1e-5, 0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => RenyiAccountant.NoiseMultiplierFor(1, 1e-5, 0.1, 0));
        Assert.Equal(0, accountant.GetEpsilon(1e-5));
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-9)]
    [InlineData(0.001)]
    public void Noise_of_next_to_nothing_is_no_endless_work(double noise)
    {
        var accountant = new RenyiAccountant();
        accountant.Add(noise, 0.01);
        Assert.True(accountant.GetEpsilon(1e-5) > 1000);
    }

    private static double EpsilonOf(double noise, double rate, long steps)
    {
        var accountant = new RenyiAccountant();
        accountant.Add(noise, rate, steps);
        return accountant.GetEpsilon(1e-5);
    }
}
