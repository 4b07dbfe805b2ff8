namespace ModelDsl;

/// <summary>Mean, deviation and range of the values of a source, for each feature, each channel, or all together.</summary>
internal sealed class FeatureStatistics
{
    // Enough to make the merging cheap, little enough to stay in the cache.
    private const int FloatsAtOnce = 1 << 16;

    private readonly int _groups;
    private readonly double[] _squares;
    private readonly double[] _batchMeans;
    private readonly double[] _batchSquares;
    private long _count;

    private FeatureStatistics(int groups)
    {
        _groups = groups;
        Means = new double[groups];
        Minima = new double[groups];
        Maxima = new double[groups];
        _squares = new double[groups];
        _batchMeans = new double[groups];
        _batchSquares = new double[groups];
        Array.Fill(Minima, double.PositiveInfinity);
        Array.Fill(Maxima, double.NegativeInfinity);
    }

    public double[] Means { get; }

    public double[] Minima { get; }

    public double[] Maxima { get; }

    /// <summary>The square root of the mean squared distance from the mean.</summary>
    public double[] StandardDeviations => [.. _squares.Select(sum => Math.Sqrt(sum / _count))];

    /// <summary>Reads all samples once, in their order.</summary>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static FeatureStatistics Of(IDataSource source, NormalizedBy by)
    {
        ArgumentNullException.ThrowIfNull(source);
        int size = source.SampleShape.Count;
        var statistics = new FeatureStatistics(by switch
        {
            NormalizedBy.Feature => size,
            NormalizedBy.Channel => source.SampleShape.Dimensions[^1],
            NormalizedBy.All => 1,
            _ => throw new ArgumentOutOfRangeException(nameof(by), by, "expected Feature, Channel or All"),
        });
        int[] order = Indices.All(source.Count);
        int samplesAtOnce = Math.Min(source.Count, Math.Max(1, FloatsAtOnce / size));
        float[] buffer = new float[samplesAtOnce * size];
        for (int first = 0; first < order.Length; first += samplesAtOnce)
        {
            ReadOnlySpan<int> indices = order.AsSpan(first, Math.Min(samplesAtOnce, order.Length - first));
            Span<float> samples = buffer.AsSpan(0, indices.Length * size);
            source.GatherSamples(indices, samples);
            if (FiniteValues.FindWrong(samples, size, first) is { } wrong)
            {
                throw new ArgumentException(wrong, nameof(source));
            }

            statistics.Add(samples);
        }

        return statistics;
    }

    /// <summary>
    /// Merges the moments of some values: with n and m values, means a and b and sums of squares S and T, d = b - a, the
    /// mean is a + d·m/(n + m), the sum of squares S + T + d²·n·m/(n + m).
    /// </summary>
    private void Add(ReadOnlySpan<float> values)
    {
        long added = values.Length / _groups;
        MeasureBatch(values, added);
        double all = _count + added;
        for (int group = 0; group < _groups; group++)
        {
            double distance = _batchMeans[group] - Means[group];
            Means[group] += distance * added / all;
            _squares[group] += _batchSquares[group] + (distance * distance * _count * added / all);
        }

        _count += added;
    }

    private void MeasureBatch(ReadOnlySpan<float> values, long added)
    {
        Array.Clear(_batchMeans);
        Array.Clear(_batchSquares);
        for (int first = 0; first < values.Length; first += _groups)
        {
            for (int group = 0; group < _groups; group++)
            {
                double value = values[first + group];
                _batchMeans[group] += value;
                Minima[group] = Math.Min(Minima[group], value);
                Maxima[group] = Math.Max(Maxima[group], value);
            }
        }

        for (int group = 0; group < _groups; group++)
        {
            _batchMeans[group] /= added;
        }

        for (int first = 0; first < values.Length; first += _groups)
        {
            for (int group = 0; group < _groups; group++)
            {
                double distance = values[first + group] - _batchMeans[group];
                _batchSquares[group] += distance * distance;
            }
        }
    }
}
