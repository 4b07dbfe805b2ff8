using System.Globalization;

namespace ModelDsl;

/// <summary>How the figures of several classes become one; as in scikit-learn.</summary>
public enum Averaging
{
    /// <summary>The figure of class 1; for two classes only.</summary>
    Binary,

    /// <summary>
    /// The mean over the classes. Classes that are neither in the targets nor in the predictions do not count; of
    /// several sigmoid outputs, all count.
    /// </summary>
    Macro,

    /// <summary>
    /// The figure of the counts of all classes together. Where each answer is one class, it is the accuracy.
    /// </summary>
    Micro,

    /// <summary>The mean over the classes, each weighted by the number of its samples.</summary>
    Weighted,
}

/// <summary>Precision, recall or F₁ from what was counted for a class, as a quotient of two numbers.</summary>
/// <param name="hits">The answers of the class that are right.</param>
/// <param name="predicted">The answers that are the class.</param>
/// <param name="actual">The answers that should be the class.</param>
internal delegate (long Numerator, long Denominator) ClassFigure(long hits, long predicted, long actual);

/// <summary>A figure for each class, and their average.</summary>
/// <param name="layout">The head.</param>
/// <param name="figure">The figure.</param>
/// <param name="averaging">How they become one.</param>
/// <param name="zeroDivision">
/// The figure where its denominator is 0; where not a number, the class does not count.
/// </param>
internal sealed class ClassState(HeadLayout layout, ClassFigure figure, Averaging averaging, double zeroDivision)
    : MetricState
{
    // Each of several sigmoid outputs is a class that an answer is or is not.
    private readonly long[] _hits = new long[layout.IsMultiLabel ? layout.Rows : layout.ClassCount];
    private readonly long[] _predicted = new long[layout.IsMultiLabel ? layout.Rows : layout.ClassCount];
    private readonly long[] _actual = new long[layout.IsMultiLabel ? layout.Rows : layout.ClassCount];

    /// <inheritdoc />
    public override double Value => averaging switch
    {
        Averaging.Binary => Of(1),
        Averaging.Micro => Of(_hits.Sum(), _predicted.Sum(), _actual.Sum()),
        _ => Mean(),
    };

    /// <inheritdoc />
    public override ImmutableArray<MetricPart> Parts =>
    [
        .. Enumerable.Range(0, _hits.Length).Select(number => new MetricPart(
            (layout.IsMultiLabel ? "output " : "class ") + number.ToString(CultureInfo.InvariantCulture),
            Of(number),
            _actual[number])),
    ];

    /// <inheritdoc />
    public override void Reset()
    {
        Array.Clear(_hits);
        Array.Clear(_predicted);
        Array.Clear(_actual);
    }

    /// <inheritdoc />
    public override void Remember(MetricMemory memory)
    {
        memory.Keep(_hits);
        memory.Keep(_predicted);
        memory.Keep(_actual);
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

            (int actual, int predicted) = (sample.TargetClass(row), sample.PredictedClass(row));
            if (layout.IsMultiLabel)
            {
                _actual[row] += actual;
                _predicted[row] += predicted;
                _hits[row] += actual & predicted;
            }
            else
            {
                _actual[actual]++;
                _predicted[predicted]++;
                _hits[actual] += actual == predicted ? 1 : 0;
            }
        }
    }

    private double Mean()
    {
        (double sum, double weights) = (0, 0);
        for (int i = 0; i < _hits.Length; i++)
        {
            bool counts = layout.IsMultiLabel || _actual[i] + _predicted[i] > 0;
            double weight = averaging == Averaging.Weighted ? _actual[i] : counts ? 1 : 0;
            double value = Of(i);
            if (weight > 0 && !double.IsNaN(value))
            {
                sum += weight * value;
                weights += weight;
            }
        }

        return weights > 0 ? sum / weights : zeroDivision;
    }

    private double Of(int number) => Of(_hits[number], _predicted[number], _actual[number]);

    private double Of(long hits, long predicted, long actual)
    {
        (long numerator, long denominator) = figure(hits, predicted, actual);
        return denominator == 0 ? zeroDivision : numerator / (double)denominator;
    }
}
