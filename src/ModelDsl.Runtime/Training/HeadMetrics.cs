namespace ModelDsl;

/// <summary>Sums the figures of one head of a model, sample by sample.</summary>
internal sealed class HeadMetrics
{
    // A matrix of more classes is nothing that anyone would look at, and would take memory by their square.
    private const int MaxConfusionClasses = 1000;

    private readonly LossKind _loss;

    // A sample's answers: one for each step of a sequence.
    private readonly int _rows;
    private readonly int _classes;
    private readonly float[] _classWeights;
    private double _lossSum;
    private double _weight;

    // What of the batch at hand takes part in its loss.
    private double _batchWeight;
    private double _absoluteErrorSum;
    private long _samples;
    private long _right;

    // What was right or wrong: samples, steps or outputs.
    private long _judged;

    /// <summary>Figures for a head.</summary>
    /// <param name="description">The head.</param>
    /// <param name="withConfusion">Whether to count which class was taken for which.</param>
    public HeadMetrics(HeadDescription description, bool withConfusion)
    {
        Description = description;
        _loss = description.Loss;
        _classWeights = [.. description.ClassWeights];
        Outputs = description.OutputShape.Count;
        _rows = Math.Max(1, description.Loss.RowsPerSample(description.OutputShape));
        _classes = IsClassifier ? Outputs / _rows : Outputs;
        if (withConfusion && IsClassifier && _classes <= MaxConfusionClasses)
        {
            Confusion = new ConfusionMatrix(Math.Max(2, _classes));
        }
    }

    /// <summary>The head.</summary>
    public HeadDescription Description { get; }

    /// <summary>The number of its outputs for a sample.</summary>
    public int Outputs { get; }

    /// <summary>The mean loss so far, over what took part; 0 where nothing did.</summary>
    public double Loss => _weight > 0 ? _lossSum / _weight : 0;

    /// <summary>The share of right classifications so far; null where the loss knows none.</summary>
    public double? Accuracy => _judged == 0 ? null : _right / (double)_judged;

    /// <summary>The mean of |output − target| so far; null for classes.</summary>
    public double? MeanAbsoluteError =>
        _loss.IsRegression() ? _absoluteErrorSum / ((double)_samples * Outputs) : null;

    /// <summary>How often each class was taken for each, if asked for and where targets are single classes.</summary>
    public ConfusionMatrix? Confusion { get; }

    /// <summary>What took part in the loss of the last batch: its samples, or the weights of their labels.</summary>
    public double LastBatchWeight { get; private set; }

    /// <summary>All figures.</summary>
    public HeadResult Result => new(Description.Name, Loss, Accuracy, Confusion, MeanAbsoluteError);

    // Several sigmoid outputs answer several questions at once.
    private bool IsClassifier => _loss switch
    {
        LossKind.BinaryCrossEntropy => Outputs == 1,
        _ => !_loss.IsRegression() && !_loss.IsEmbedding(),
    };

    /// <summary>Starts over.</summary>
    public void Reset()
    {
        (_lossSum, _weight, _batchWeight) = (0, 0, 0);
        (_absoluteErrorSum, _samples, _right, _judged) = (0, 0, 0, 0);
        Confusion?.Clear();
    }

    /// <summary>Adds the mean loss of the batch whose samples were added last.</summary>
    public void AddLoss(double loss)
    {
        // A batch of which nothing takes part has no mean.
        if (_batchWeight > 0)
        {
            _lossSum += loss * _batchWeight;
            _weight += _batchWeight;
        }

        (LastBatchWeight, _batchWeight) = (_batchWeight, 0);
    }

    /// <summary>The sums between two batches, for a checkpoint. The confusion matrix is not among them.</summary>
    public double[] SaveSums() => [_lossSum, _weight, _absoluteErrorSum, _samples, _right, _judged];

    /// <summary>Goes on from sums that <see cref="SaveSums"/> gave.</summary>
    /// <exception cref="InvalidDataException">They are not as many, or not such as it gives.</exception>
    public void RestoreSums(ReadOnlySpan<double> sums)
    {
        const double MostExact = 1L << 53;
        if (sums.Length != SaveSums().Length || sums[3..].ContainsAnyExceptInRange(0, MostExact))
        {
            throw new InvalidDataException("expected the sums of an epoch's figures, got something else");
        }

        (_lossSum, _weight, _absoluteErrorSum) = (sums[0], sums[1], sums[2]);
        (_samples, _right, _judged) = ((long)sums[3], (long)sums[4], (long)sums[5]);
    }

    /// <summary>Adds one sample.</summary>
    /// <param name="outputs">The head's outputs.</param>
    /// <param name="labels">The classes that they should have been, or empty.</param>
    /// <param name="values">The values that they should have been, or empty.</param>
    public void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> values)
    {
        _samples++;
        _batchWeight += WeightOf(labels);
        if (_loss.IsRegression())
        {
            for (int i = 0; i < outputs.Length; i++)
            {
                _absoluteErrorSum += Math.Abs((double)outputs[i] - values[i]);
            }
        }
        else if (IsClassifier)
        {
            AddClasses(outputs, labels, values);
        }
        else if (!_loss.IsEmbedding())
        {
            _judged += outputs.Length;
            for (int i = 0; i < outputs.Length; i++)
            {
                _right += outputs[i] > 0f == values[i] > 0.5f ? 1 : 0;
            }
        }
    }

    // The weight of a sample in its batch's mean: every row counts the same, but for what the labels say.
    private double WeightOf(ReadOnlySpan<int> labels)
    {
        if (labels.IsEmpty || (_classWeights.Length == 0 && Description.IgnoredLabel is null))
        {
            return 1;
        }

        double weight = 0;
        foreach (int label in labels)
        {
            if (label != Description.IgnoredLabel)
            {
                weight += _classWeights.Length == 0 ? 1 : _classWeights[label];
            }
        }

        return weight;
    }

    private void AddClasses(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> values)
    {
        for (int row = 0; row < _rows; row++)
        {
            if (!labels.IsEmpty && labels[row] == Description.IgnoredLabel)
            {
                continue;
            }

            _judged++;
            int predicted = PredictedClass(outputs.Slice(row * _classes, _classes));
            int actual = values.IsEmpty ? labels[row] : TargetClass(values.Slice(row * _classes, _classes));
            _right += predicted == actual ? 1 : 0;
            Confusion?.Add(actual, predicted);
        }
    }

    private static int PredictedClass(ReadOnlySpan<float> outputs) =>
        outputs.Length == 1 ? (outputs[0] > 0f ? 1 : 0) : HighestOf(outputs);

    // A sigmoid's targets are 0 and 1, a margin's -1 and 1.
    private int TargetClass(ReadOnlySpan<float> values) => values.Length == 1
        ? (values[0] > (_loss == LossKind.Hinge ? 0f : 0.5f) ? 1 : 0)
        : HighestOf(values);

    private static int HighestOf(ReadOnlySpan<float> values)
    {
        int highest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            highest = values[i] > values[highest] ? i : highest;
        }

        return highest;
    }
}
