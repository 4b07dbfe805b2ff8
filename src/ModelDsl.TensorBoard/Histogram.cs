namespace ModelDsl;

/// <summary>
/// How many of some values lie where, in the buckets of TensorFlow's own writer: each a tenth longer than the one
/// before, from 1e-12 to 1e20, and their negatives.
/// </summary>
/// <remarks>
/// TensorFlow's <c>histogram.cc</c>. Value i of <see cref="Counts"/> counts what is below limit i and at least the
/// limit before; a run of empty buckets is one.
/// </remarks>
internal sealed class Histogram
{
    private static readonly double[] AllLimits = MakeLimits();

    private Histogram()
    {
    }

    /// <summary>The least value.</summary>
    public double Min { get; private set; } = double.PositiveInfinity;

    /// <summary>The greatest value.</summary>
    public double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>The number of values.</summary>
    public long Count { get; private set; }

    /// <summary>Σx.</summary>
    public double Sum { get; private set; }

    /// <summary>Σx².</summary>
    public double SumOfSquares { get; private set; }

    /// <summary>The upper ends of the buckets, growing.</summary>
    public List<double> Limits { get; } = [];

    /// <summary>The number of values in each bucket.</summary>
    public List<double> Counts { get; } = [];

    /// <summary>The histogram of the finite ones of some values; null where there are none.</summary>
    public static Histogram? Of(ReadOnlySpan<float> values)
    {
        var histogram = new Histogram();
        int[] counts = new int[AllLimits.Length];
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                histogram.Add(value, counts);
            }
        }

        histogram.AddBuckets(counts);
        return histogram.Count > 0 ? histogram : null;
    }

    private void Add(double value, int[] counts)
    {
        // The first limit above the value; where one is equal to it, the next.
        int found = Array.BinarySearch(AllLimits, value);
        counts[found >= 0 ? found + 1 : ~found]++;
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
        Count++;
        Sum += value;
        SumOfSquares += value * value;
    }

    private void AddBuckets(int[] counts)
    {
        for (int i = 0; i < counts.Length; i++)
        {
            bool isFollowedByAnotherEmptyOne = counts[i] == 0 && i + 1 < counts.Length && counts[i + 1] == 0;
            if (!isFollowedByAnotherEmptyOne)
            {
                Limits.Add(AllLimits[i]);
                Counts.Add(counts[i]);
            }
        }
    }

    private static double[] MakeLimits()
    {
        var positive = new List<double>();
        for (double limit = 1e-12; limit < 1e20; limit *= 1.1)
        {
            positive.Add(limit);
        }

        positive.Add(double.MaxValue);
        return [.. positive.Select(limit => -limit).Reverse(), 0, .. positive];
    }
}
