using System.Globalization;

namespace ModelDsl;

/// <summary>
/// A figure of how well a score ranks what is of a class above what is not: of two classes that of class 1, of several
/// the mean over the classes, each against the rest.
/// </summary>
/// <remarks>
/// The score of a class of a softmax is its log-odds, x_k − log Σ_{j≠k} exp x_j: in the order of the probabilities, but
/// without their ties near 1. Other heads' outputs are their scores.
/// </remarks>
internal abstract class RankingState : MetricState
{
    private readonly HeadLayout _layout;

    // Two classes have one order.
    private readonly int _columns;

    // [answers, columns]; of several sigmoid outputs, an answer is a sample.
    private float[] _scores;
    private bool[] _isOfClass;
    private int _count;

    // One column, for sorting.
    private float[] _columnScores;
    private bool[] _columnIsOfClass;

    /// <summary>A state with room for the answers of the samples that are expected.</summary>
    protected RankingState(HeadLayout layout, int sampleCount)
    {
        _layout = layout;
        _columns = layout.IsMultiLabel ? layout.Rows : layout.Width <= 2 ? 1 : layout.Width;
        int answers = checked(sampleCount * (layout.IsMultiLabel ? 1 : layout.Rows));
        _scores = new float[checked(answers * _columns)];
        _isOfClass = new bool[_scores.Length];
        _columnScores = new float[answers];
        _columnIsOfClass = new bool[answers];
    }

    /// <inheritdoc />
    public override double Value
    {
        get
        {
            (double sum, int defined) = (0, 0);
            for (int column = 0; column < _columns; column++)
            {
                if (HasNaN(column))
                {
                    return double.NaN;
                }

                (double value, long _) = Of(column);
                if (!double.IsNaN(value))
                {
                    sum += value;
                    defined++;
                }
            }

            return defined == 0 ? double.NaN : sum / defined;
        }
    }

    /// <inheritdoc />
    public override ImmutableArray<MetricPart> Parts =>
    [
        .. Enumerable.Range(0, _columns).Select(column =>
        {
            int number = _columns == 1 && !_layout.IsMultiLabel ? 1 : column;
            (double value, long positives) = HasNaN(column) ? (double.NaN, 0) : Of(column);
            string name = _layout.IsMultiLabel ? "output " : "class ";
            return new MetricPart(name + number.ToString(CultureInfo.InvariantCulture), value, positives);
        }),
    ];

    /// <inheritdoc />
    public override void Reset() => _count = 0;

    /// <inheritdoc />
    public override void Remember(MetricMemory memory)
    {
        long count = _count;
        memory.Keep(ref count);
        if (count > Array.MaxLength / (2 * _columns))
        {
            throw MetricMemory.Unexpected();
        }

        // Each score is followed by whether it is of the class.
        float[] answers = new float[checked(2 * (int)count * _columns)];
        for (int i = 0; i < _count * _columns; i++)
        {
            (answers[2 * i], answers[(2 * i) + 1]) = (_scores[i], _isOfClass[i] ? 1f : 0f);
        }

        memory.Keep(answers);
        EnsureRoom((int)count);
        _count = (int)count;
        for (int i = 0; i < _count * _columns; i++)
        {
            (_scores[i], _isOfClass[i]) = (answers[2 * i], answers[(2 * i) + 1] != 0f);
        }
    }

    /// <inheritdoc />
    public override void Add(in MetricSample sample)
    {
        if (_layout.IsMultiLabel)
        {
            Reserve();
            for (int row = 0; row < sample.Rows; row++)
            {
                Set(row, sample.Outputs[row], sample.TargetClass(row) == 1);
            }

            _count++;
            return;
        }

        for (int row = 0; row < sample.Rows; row++)
        {
            if (!sample.IsIgnored(row))
            {
                Reserve();
                AddAnswer(sample.OutputsOf(row), sample.TargetClass(row));
                _count++;
            }
        }
    }

    /// <summary>The figure for scores in ascending order; there is one of the class, and one of another.</summary>
    /// <param name="scores">The scores, ascending.</param>
    /// <param name="isOfClass">Whether each is of the class.</param>
    /// <param name="positives">The number of those that are.</param>
    protected abstract double Figure(ReadOnlySpan<float> scores, ReadOnlySpan<bool> isOfClass, int positives);

    /// <summary>Whether the figure is defined.</summary>
    protected abstract bool IsDefined(int positives, int negatives);

    private void AddAnswer(ReadOnlySpan<float> outputs, int actual)
    {
        if (outputs.Length <= 2)
        {
            Set(0, outputs.Length == 1 ? outputs[0] : outputs[1] - outputs[0], actual == 1);
            return;
        }

        bool isSoftmax = _layout.Description.Loss == LossKind.SoftmaxCrossEntropy;
        for (int i = 0; i < outputs.Length; i++)
        {
            Set(i, isSoftmax ? (float)Logits.Odds(outputs, i) : outputs[i], actual == i);
        }
    }

    private void Set(int column, float score, bool isOfClass)
    {
        _scores[(_count * _columns) + column] = score;
        _isOfClass[(_count * _columns) + column] = isOfClass;
    }

    // Where there are more answers than were expected.
    private void Reserve()
    {
        if (_count == _columnScores.Length)
        {
            EnsureRoom(Math.Max(16, checked(2 * _count)));
        }
    }

    private void EnsureRoom(int answers)
    {
        if (answers > _columnScores.Length)
        {
            Array.Resize(ref _scores, checked(answers * _columns));
            Array.Resize(ref _isOfClass, _scores.Length);
            Array.Resize(ref _columnScores, answers);
            Array.Resize(ref _columnIsOfClass, answers);
        }
    }

    private bool HasNaN(int column)
    {
        for (int i = 0; i < _count; i++)
        {
            if (float.IsNaN(_scores[(i * _columns) + column]))
            {
                return true;
            }
        }

        return false;
    }

    private (double Figure, long Positives) Of(int column)
    {
        int positives = 0;
        for (int i = 0; i < _count; i++)
        {
            _columnScores[i] = _scores[(i * _columns) + column];
            _columnIsOfClass[i] = _isOfClass[(i * _columns) + column];
            positives += _columnIsOfClass[i] ? 1 : 0;
        }

        if (!IsDefined(positives, _count - positives))
        {
            return (double.NaN, positives);
        }

        Span<float> scores = _columnScores.AsSpan(0, _count);
        Span<bool> isOfClass = _columnIsOfClass.AsSpan(0, _count);
        scores.Sort(isOfClass);
        return (Figure(scores, isOfClass, positives), positives);
    }
}

/// <summary>
/// The area under the receiver operating characteristic: the share of pairs, one of the class and one of another, in
/// which the former has the higher score; equal ones count by half.
/// </summary>
internal sealed class RocAucState(HeadLayout layout, int sampleCount) : RankingState(layout, sampleCount)
{
    /// <inheritdoc />
    protected override bool IsDefined(int positives, int negatives) => positives > 0 && negatives > 0;

    /// <inheritdoc />
    protected override double Figure(ReadOnlySpan<float> scores, ReadOnlySpan<bool> isOfClass, int positives)
    {
        double pairs = 0;
        long negativesBelow = 0;
        for (int start = 0, end = 0; start < scores.Length; start = end)
        {
            (long tiedPositives, long tiedNegatives) = (0, 0);
            for (; end < scores.Length && scores[end] == scores[start]; end++)
            {
                tiedPositives += isOfClass[end] ? 1 : 0;
                tiedNegatives += isOfClass[end] ? 0 : 1;
            }

            pairs += tiedPositives * (negativesBelow + (0.5 * tiedNegatives));
            negativesBelow += tiedNegatives;
        }

        return pairs / ((double)positives * (scores.Length - positives));
    }
}

/// <summary>
/// The average precision, Σ (Rₙ − Rₙ₋₁) · Pₙ over the thresholds from the highest score down: the area under the curve
/// of precision and recall without interpolation.
/// </summary>
internal sealed class AveragePrecisionState(HeadLayout layout, int sampleCount) : RankingState(layout, sampleCount)
{
    /// <inheritdoc />
    protected override bool IsDefined(int positives, int negatives) => positives > 0;

    /// <inheritdoc />
    protected override double Figure(ReadOnlySpan<float> scores, ReadOnlySpan<bool> isOfClass, int positives)
    {
        double area = 0;
        long hits = 0;
        for (int start = scores.Length - 1, end = start; start >= 0; start = end)
        {
            long tied = 0;
            for (; end >= 0 && scores[end] == scores[start]; end--)
            {
                tied += isOfClass[end] ? 1 : 0;
            }

            hits += tied;
            area += tied / (double)positives * (hits / (double)(scores.Length - 1 - end));
        }

        return area;
    }
}
