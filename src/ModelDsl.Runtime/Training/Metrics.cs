namespace ModelDsl;

/// <summary>Sums the figures of a pass over a data set, batch by batch.</summary>
internal sealed class Metrics
{
    // A matrix of more classes is nothing that anyone would look at, and would take memory by their square.
    private const int MaxConfusionClasses = 1000;

    private readonly LossKind _loss;
    private readonly int _outputs;

    // What a sample has of labels, and outputs for each of them: one for each step of a sequence.
    private readonly int _labels;
    private readonly int _classes;
    private readonly int? _ignoredLabel;
    private double _lossSum;
    private double _absoluteErrorSum;
    private long _right;

    // What was right or wrong: samples, steps or outputs.
    private long _judged;

    /// <summary>Figures for a model.</summary>
    /// <param name="description">The model.</param>
    /// <param name="withConfusion">Whether to count which class was taken for which.</param>
    public Metrics(ModelDescription description, bool withConfusion = false)
    {
        _loss = description.Loss;
        _outputs = description.OutputShape.Count;
        _labels = IsClassifier ? description.LabelsPerSample : 1;
        _classes = _outputs / _labels;
        _ignoredLabel = description.IgnoredLabel;
        if (withConfusion && IsClassifier && _classes <= MaxConfusionClasses)
        {
            Confusion = new ConfusionMatrix(Math.Max(2, _classes));
        }
    }

    /// <summary>The number of samples so far.</summary>
    public int Samples { get; private set; }

    /// <summary>The mean loss so far.</summary>
    public double Loss => _lossSum / Samples;

    /// <summary>The share of right classifications so far; null where the loss knows none.</summary>
    public double? Accuracy => _judged == 0 ? null : _right / (double)_judged;

    /// <summary>The mean of |output − target| so far; null for classes.</summary>
    public double? MeanAbsoluteError =>
        IsRegression ? _absoluteErrorSum / ((double)Samples * _outputs) : null;

    /// <summary>How often each class was taken for each, if asked for and where targets are single classes.</summary>
    public ConfusionMatrix? Confusion { get; }

    private bool IsRegression => _loss.IsRegression();

    // Several sigmoid outputs answer several questions at once.
    private bool IsClassifier => _loss switch
    {
        LossKind.BinaryCrossEntropy => _outputs == 1,
        _ => !IsRegression && !_loss.IsEmbedding(),
    };

    /// <summary>Starts over.</summary>
    public void Reset()
    {
        (_lossSum, _absoluteErrorSum, _right, _judged, Samples) = (0, 0, 0, 0, 0);
        Confusion?.Clear();
    }

    /// <summary>Adds one batch.</summary>
    /// <param name="loss">The batch's mean loss.</param>
    /// <param name="outputs">The model's outputs, [count, outputs].</param>
    /// <param name="targets">What they should have been.</param>
    /// <param name="count">The number of samples.</param>
    public void Add(double loss, ReadOnlySpan<float> outputs, Targets targets, int count)
    {
        _lossSum += loss * count;
        Samples += count;
        if (IsRegression)
        {
            for (int i = 0; i < outputs.Length; i++)
            {
                _absoluteErrorSum += Math.Abs((double)outputs[i] - targets.Values[i]);
            }
        }
        else if (IsClassifier)
        {
            AddClasses(outputs, targets, count);
        }
        else if (!_loss.IsEmbedding())
        {
            _judged += outputs.Length;
            for (int i = 0; i < outputs.Length; i++)
            {
                _right += outputs[i] > 0f == targets.Values[i] > 0.5f ? 1 : 0;
            }
        }
    }

    private void AddClasses(ReadOnlySpan<float> outputs, Targets targets, int count)
    {
        for (int i = 0; i < count * _labels; i++)
        {
            if (!targets.Labels.IsEmpty && targets.Labels[i] == _ignoredLabel)
            {
                continue;
            }

            _judged++;
            int predicted = PredictedClass(outputs.Slice(i * _classes, _classes));
            int actual = targets.Values.IsEmpty
                ? targets.Labels[i]
                : TargetClass(targets.Values.Slice(i * _classes, _classes));
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
