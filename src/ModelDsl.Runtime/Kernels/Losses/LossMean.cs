namespace ModelDsl.Kernels;

/// <summary>What the loss of each row of a batch is multiplied by, and what the sum of them is divided by.</summary>
/// <remarks>
/// Every row has the weight of its sample. The sum is divided by the total weight that the targets state, such as that
/// of a larger batch that these samples are a part of, or else by their own, which makes a mean.
/// </remarks>
internal readonly unsafe struct LossMean
{
    private readonly float* _weights;
    private readonly int _rowsPerSample;
    private readonly double _divisor;

    /// <summary>A mean over rows that all count the same, but for the weights of their samples.</summary>
    /// <param name="targets">The targets, whose weights are checked.</param>
    /// <param name="weights">The weights of the samples, held in their place.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="rowsPerSample">How many of them belong to a sample.</param>
    /// <param name="terms">The number of terms of a row that are added up and averaged.</param>
    /// <exception cref="ArgumentException">There is not one weight for each sample, or one is out of range.</exception>
    public LossMean(Targets targets, float* weights, int rows, int rowsPerSample, int terms = 1)
        : this(
            targets,
            weights,
            rows,
            rowsPerSample,
            LossWeight.Add(0, targets.SampleWeights, rows / rowsPerSample, (double)rowsPerSample * terms),
            terms: 1)
    {
    }

    private LossMean(Targets targets, float* weights, int rows, int rowsPerSample, double total, double terms)
    {
        TargetGuard.SampleWeights(targets, rows, rowsPerSample);
        _weights = weights;
        _rowsPerSample = rowsPerSample;
        _divisor = targets.TotalWeights.IsEmpty ? total : targets.TotalWeights[0] * terms;
    }

    /// <summary>A mean over rows whose total weight, where the targets state none, is known.</summary>
    public static LossMean Over(
        double total, Targets targets, float* weights, int rows, int rowsPerSample, double terms = 1) =>
        new(targets, weights, rows, rowsPerSample, total, terms);

    /// <summary>The weight of a row, which is that of its sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float WeightOf(int row) => _weights is null ? 1f : _weights[row / _rowsPerSample];

    /// <summary>The weight of a sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float WeightOfSample(int sample) => _weights is null ? 1f : _weights[sample];

    /// <summary>Whether samples have weights of their own.</summary>
    public bool IsWeighted => _weights is not null;

    /// <summary>What the derivative of a term is multiplied by in the gradient of the mean.</summary>
    /// <param name="scale">As <see cref="LossGradient.Scale"/>.</param>
    /// <param name="weight">The weight of the term's sample.</param>
    /// <param name="terms">The number of terms of which a loss is the mean itself.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Share(float scale, float weight, int terms = 1) =>
        (float)((double)scale * weight / ((_divisor > 0 ? _divisor : 1) * terms));

    /// <summary>The mean, from the sum of the weighted losses; 0 where nothing takes part.</summary>
    public float Of(double sum) => _divisor > 0 ? (float)(sum / _divisor) : 0f;
}

/// <summary>
/// Adds up what takes part in a loss, in the order of the samples: a batch has the bits of its parts.
/// </summary>
internal static class LossWeight
{
    /// <summary>Adds samples that count the same but for their weights.</summary>
    /// <param name="total">What has been added up before.</param>
    /// <param name="weights">The weights of the samples; empty where all are 1.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="perSample">What a sample of weight 1 counts.</param>
    public static double Add(double total, ReadOnlySpan<float> weights, int samples, double perSample)
    {
        if (weights.IsEmpty)
        {
            return total + (samples * perSample);
        }

        foreach (float weight in weights)
        {
            total += weight * perSample;
        }

        return total;
    }

    /// <summary>Adds a sample by its labels, apart from those that are ignored.</summary>
    /// <param name="total">What has been added up before.</param>
    /// <param name="labels">The sample's labels, each of which has a class weight or is ignored.</param>
    /// <param name="weight">The sample's weight.</param>
    /// <param name="classWeights">A factor for each class; empty where all are 1.</param>
    /// <param name="ignoredLabel">The label of what takes no part; null where there is none.</param>
    public static double AddLabels(
        double total, ReadOnlySpan<int> labels, float weight, ReadOnlySpan<float> classWeights, int? ignoredLabel)
    {
        foreach (int label in labels)
        {
            if (label != ignoredLabel)
            {
                total += (double)weight * (classWeights.IsEmpty ? 1f : classWeights[label]);
            }
        }

        return total;
    }
}
