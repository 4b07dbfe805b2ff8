namespace ModelDsl;

/// <summary>Probabilities from logits, in double precision.</summary>
internal static class Logits
{
    /// <summary>log softmax(x)_k.</summary>
    public static double LogProbability(ReadOnlySpan<float> logits, int k) => logits[k] - LogSum(logits, without: -1);

    /// <summary>The log-odds of a class against all others, log p_k/(1 − p_k).</summary>
    public static double Odds(ReadOnlySpan<float> logits, int k) => logits[k] - LogSum(logits, without: k);

    /// <summary>1/(1 + exp(−x)).</summary>
    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    // log Σ exp x_i, shifted by the highest so that nothing overflows.
    private static double LogSum(ReadOnlySpan<float> logits, int without)
    {
        double highest = double.NegativeInfinity;
        for (int i = 0; i < logits.Length; i++)
        {
            highest = i == without ? highest : Math.Max(highest, logits[i]);
        }

        if (double.IsInfinity(highest))
        {
            return highest;
        }

        double sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            sum += i == without ? 0 : Math.Exp(logits[i] - highest);
        }

        return highest + Math.Log(sum);
    }
}

/// <summary>
/// exp of the mean of −log p of what should have been, in nats; a distribution as target counts by its parts.
/// </summary>
internal sealed class PerplexityState : MetricState
{
    private double _sum;
    private long _count;

    /// <inheritdoc />
    public override double Value => _count == 0 ? double.NaN : Math.Exp(_sum / _count);

    /// <inheritdoc />
    public override void Reset() => (_sum, _count) = (0, 0);

    /// <inheritdoc />
    public override void Remember(MetricMemory memory)
    {
        memory.Keep(ref _sum);
        memory.Keep(ref _count);
    }

    /// <inheritdoc />
    public override void Add(in MetricSample sample)
    {
        for (int row = 0; row < sample.Rows; row++)
        {
            if (sample.IsIgnored(row))
            {
                continue;
            }

            ReadOnlySpan<float> outputs = sample.OutputsOf(row);
            _count++;
            if (!sample.Labels.IsEmpty)
            {
                _sum -= Logits.LogProbability(outputs, sample.Labels[row]);
                continue;
            }

            ReadOnlySpan<float> distribution = sample.Values.Slice(row * outputs.Length, outputs.Length);
            for (int i = 0; i < outputs.Length; i++)
            {
                _sum -= distribution[i] == 0f ? 0 : distribution[i] * Logits.LogProbability(outputs, i);
            }
        }
    }
}

/// <summary>
/// The expected calibration error: answers are divided by their confidence, the probability of the class that they are,
/// into bins of equal width, and the error is the mean of |accuracy − mean confidence| of the bins, weighted by their
/// answers. Guo et al. (2017).
/// </summary>
internal sealed class CalibrationErrorState(int bins) : MetricState
{
    private readonly double[] _confidence = new double[bins];
    private readonly long[] _right = new long[bins];
    private readonly long[] _count = new long[bins];
    private bool _isUndefined;

    /// <inheritdoc />
    public override double Value
    {
        get
        {
            long count = _count.Sum();
            double error = 0;
            for (int bin = 0; bin < _count.Length; bin++)
            {
                error += Math.Abs(_right[bin] - _confidence[bin]);
            }

            return count == 0 || _isUndefined ? double.NaN : error / count;
        }
    }

    /// <summary>The accuracy of the answers in each bin of confidence: a reliability diagram.</summary>
    public override ImmutableArray<MetricPart> Parts =>
    [
        .. Enumerable.Range(0, _count.Length).Select(bin => new MetricPart(
            Invariant($"confidence {bin / (double)_count.Length:F2} to {(bin + 1) / (double)_count.Length:F2}"),
            _count[bin] == 0 ? double.NaN : _right[bin] / (double)_count[bin],
            _count[bin])),
    ];

    /// <inheritdoc />
    public override void Reset()
    {
        Array.Clear(_confidence);
        Array.Clear(_right);
        Array.Clear(_count);
        _isUndefined = false;
    }

    /// <inheritdoc />
    public override void Remember(MetricMemory memory)
    {
        memory.Keep(_confidence);
        memory.Keep(_right);
        memory.Keep(_count);
        long undefined = _isUndefined ? 1 : 0;
        memory.Keep(ref undefined);
        _isUndefined = undefined != 0;
    }

    /// <inheritdoc />
    public override void Add(in MetricSample sample)
    {
        for (int row = 0; row < sample.Rows; row++)
        {
            if (sample.IsIgnored(row))
            {
                continue;
            }

            ReadOnlySpan<float> outputs = sample.OutputsOf(row);
            int predicted = sample.PredictedClass(row);
            double confidence = outputs.Length == 1
                ? Logits.Sigmoid(Math.Abs(outputs[0]))
                : Math.Exp(Logits.LogProbability(outputs, predicted));
            if (double.IsNaN(confidence))
            {
                _isUndefined = true;
                continue;
            }

            // A bin has its upper bound, not its lower one.
            int bin = Math.Clamp((int)Math.Ceiling(confidence * _count.Length) - 1, 0, _count.Length - 1);
            _count[bin]++;
            _confidence[bin] += confidence;
            _right[bin] += predicted == sample.TargetClass(row) ? 1 : 0;
        }
    }
}
