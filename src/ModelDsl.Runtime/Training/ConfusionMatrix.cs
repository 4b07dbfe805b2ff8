namespace ModelDsl;

/// <summary>How often samples of each class were classified as each class.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[] _counts;

    internal ConfusionMatrix(int classCount)
    {
        ClassCount = classCount;
        _counts = new int[classCount * classCount];
    }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>
    /// How many samples of class <paramref name="actual"/> were classified as <paramref name="predicted"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A class is not in [0, ClassCount).</exception>
    public int this[int actual, int predicted]
    {
        get
        {
            CheckClass(actual, nameof(actual));
            CheckClass(predicted, nameof(predicted));
            return _counts[(actual * ClassCount) + predicted];
        }
    }

    /// <summary>The number of samples of a class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The class is not in [0, ClassCount).</exception>
    public int CountOf(int actual)
    {
        CheckClass(actual, nameof(actual));
        int count = 0;
        foreach (int entry in _counts.AsSpan(actual * ClassCount, ClassCount))
        {
            count += entry;
        }

        return count;
    }

    /// <summary>
    /// The share of a class's samples that were classified correctly (its recall); null where it has no samples.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The class is not in [0, ClassCount).</exception>
    public double? AccuracyOf(int actual)
    {
        int count = CountOf(actual);
        return count == 0 ? null : (double)this[actual, actual] / count;
    }

    /// <summary>The matrix as a table: a row for each class, a column for each class that its samples were taken
    /// for.</summary>
    public override string ToString()
    {
        string[] classes = [.. Enumerable.Range(0, ClassCount).Select(index => Invariant($"{index}"))];
        return MetricTable.Format(
            ["actual \\ predicted", .. classes],
            [
                .. classes.Select((name, actual) => (string[])
                [
                    name,
                    .. Enumerable.Range(0, ClassCount).Select(predicted => Invariant($"{this[actual, predicted]}")),
                ]),
            ]);
    }

    internal void Add(int actual, int predicted) => _counts[(actual * ClassCount) + predicted]++;

    internal void Clear() => Array.Clear(_counts);

    internal void Remember(MetricMemory memory) => memory.Keep(_counts);

    internal ConfusionMatrix Copy()
    {
        var copy = new ConfusionMatrix(ClassCount);
        _counts.CopyTo(copy._counts, 0);
        return copy;
    }

    private void CheckClass(int value, string name)
    {
        if ((uint)value >= (uint)ClassCount)
        {
            throw new ArgumentOutOfRangeException(name, Invariant($"expected a class from 0 to {ClassCount - 1}, got {value}"));
        }
    }
}
