using System.Runtime.InteropServices;

namespace ModelDsl;

/// <summary>
/// What metrics have counted of an epoch that is not over, on its way into a checkpoint or out of one. A
/// <see cref="MetricState"/> names what it counts, in the same order each time: the values go into the checkpoint, or
/// are replaced by those of the checkpoint.
/// </summary>
public sealed class MetricMemory
{
    // A float holds every integer of so many bits.
    private const int FloatBits = 24;

    private readonly List<double> _numbers = [];
    private readonly List<float> _values = [];
    private int _nextNumber;
    private int _nextValue;

    internal MetricMemory()
    {
    }

    /// <summary>The memory of a checkpoint, to restore from.</summary>
    internal MetricMemory(ReadOnlySpan<double> numbers, ReadOnlySpan<float> values)
    {
        _numbers.AddRange(numbers);
        _values.AddRange(values);
        IsRestoring = true;
    }

    /// <summary>Whether values come from a checkpoint, rather than going into one.</summary>
    public bool IsRestoring { get; }

    internal IReadOnlyList<double> Numbers => _numbers;

    internal float[] Values => [.. _values];

    /// <summary>Keeps a sum.</summary>
    /// <exception cref="InvalidDataException">The checkpoint holds less than it should.</exception>
    public void Keep(ref double value) => value = Next(value);

    /// <summary>Keeps a count.</summary>
    /// <exception cref="InvalidDataException">The checkpoint holds less than it should, or no count.</exception>
    public void Keep(ref long count)
    {
        double value = Next(count);
        if (!(value is >= 0 and <= 1L << 53 && double.IsInteger(value)))
        {
            throw Unexpected();
        }

        count = (long)value;
    }

    /// <summary>Keeps sums.</summary>
    /// <exception cref="InvalidDataException">The checkpoint holds less than it should.</exception>
    public void Keep(Span<double> values)
    {
        foreach (ref double value in values)
        {
            Keep(ref value);
        }
    }

    /// <summary>Keeps counts.</summary>
    /// <exception cref="InvalidDataException">The checkpoint holds less than it should, or no counts.</exception>
    public void Keep(Span<long> counts)
    {
        foreach (ref long count in counts)
        {
            Keep(ref count);
        }
    }

    /// <summary>Keeps many values, such as one of each sample: they lie in the checkpoint as a tensor.</summary>
    /// <exception cref="InvalidDataException">The checkpoint holds less than it should.</exception>
    public void Keep(Span<float> values)
    {
        if (!IsRestoring)
        {
            _values.AddRange(values);
            return;
        }

        if (values.Length > _values.Count - _nextValue)
        {
            throw Unexpected();
        }

        CollectionsMarshal.AsSpan(_values).Slice(_nextValue, values.Length).CopyTo(values);
        _nextValue += values.Length;
    }

    /// <summary>Keeps many counts, likewise.</summary>
    internal void Keep(Span<int> counts)
    {
        float[] halves = new float[2 * counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            (halves[2 * i], halves[(2 * i) + 1]) = (counts[i] >> FloatBits, counts[i] & ((1 << FloatBits) - 1));
        }

        Keep(halves.AsSpan());
        for (int i = 0; i < counts.Length; i++)
        {
            (float high, float low) = (halves[2 * i], halves[(2 * i) + 1]);
            if (!(high is >= 0 and < 1 << (31 - FloatBits) && low is >= 0 and < 1 << FloatBits))
            {
                throw Unexpected();
            }

            counts[i] = ((int)high << FloatBits) | (int)low;
        }
    }

    /// <summary>Checks that all of a checkpoint's values were asked for.</summary>
    /// <exception cref="InvalidDataException">It holds more.</exception>
    internal void RequireEnd()
    {
        if (_nextNumber != _numbers.Count || _nextValue != _values.Count)
        {
            throw Unexpected();
        }
    }

    /// <summary>What a checkpoint that does not fit these metrics is answered with.</summary>
    internal static InvalidDataException Unexpected() =>
        new("expected the sums of an epoch's figures, got something else");

    private double Next(double value)
    {
        if (!IsRestoring)
        {
            _numbers.Add(value);
            return value;
        }

        return _nextNumber < _numbers.Count ? _numbers[_nextNumber++] : throw Unexpected();
    }
}
