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
    private double _lossSum;
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

    /// <summary>The share of right classifications so far; null where the loss knows none.</summary>
    public double? Accuracy => _judged == 0 ? null : _right / (double)_judged;

    /// <summary>The mean of |output − target| so far; null for classes.</summary>
    public double? MeanAbsoluteError =>
        _loss.IsRegression() ? _absoluteErrorSum / ((double)_samples * Outputs) : null;

    /// <summary>How often each class was taken for each, if asked for and where targets are single classes.</summary>
    public ConfusionMatrix? Confusion { get; }

    /// <summary>All figures.</summary>
    public HeadResult Result => new(Description.Name, _lossSum / _samples, Accuracy, Confusion, MeanAbsoluteError);

    // Several sigmoid outputs answer several questions at once.
    private bool IsClassifier => _loss switch
    {
        LossKind.BinaryCrossEntropy => Outputs == 1,
        _ => !_loss.IsRegression() && !_loss.IsEmbedding(),
    };

    /// <summary>Starts over.</summary>
    public void Reset()
    {
        (_lossSum, _absoluteErrorSum, _samples, _right, _judged) = (0, 0, 0, 0, 0);
        Confusion?.Clear();
    }

    /// <summary>Adds the mean loss of a batch.</summary>
    public void AddLoss(double loss, int count)
    {
        _lossSum += loss * count;
        _samples += count;
    }

    /// <summary>Adds one sample.</summary>
    /// <param name="outputs">The head's outputs.</param>
    /// <param name="labels">The classes that they should have been, or empty.</param>
    /// <param name="values">The values that they should have been, or empty.</param>
    public void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> values)
    {
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
