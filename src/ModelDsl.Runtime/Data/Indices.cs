namespace ModelDsl;

/// <summary>Indices of samples, and what every gathering method checks.</summary>
internal static class Indices
{
    /// <summary>0, 1, ... count - 1.</summary>
    public static int[] All(int count)
    {
        int[] indices = new int[count];
        FillInOrder(indices);
        return indices;
    }

    /// <summary>0, 1, ... length - 1.</summary>
    public static void FillInOrder(Span<int> indices)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = i;
        }
    }

    /// <summary>How many indices follow each other from the first on; at least 1.</summary>
    public static int RunLength(ReadOnlySpan<int> indices)
    {
        int run = 1;
        while (run < indices.Length && indices[run] == indices[0] + run)
        {
            run++;
        }

        return run;
    }

    /// <summary>Checks that every index is in [0, count).</summary>
    /// <exception cref="ArgumentException">One is not.</exception>
    public static void Check(ReadOnlySpan<int> indices, int count)
    {
        foreach (int index in indices)
        {
            if ((uint)index >= (uint)count)
            {
                throw new ArgumentException(Invariant($"expected sample indices from 0 to {count - 1}, got {index}"), nameof(indices));
            }
        }
    }

    /// <summary>Checks indices, and that a destination is exactly as long as the samples need.</summary>
    /// <exception cref="ArgumentException">It is not, or an index is not in [0, count).</exception>
    public static void CheckGather(ReadOnlySpan<int> indices, int count, int perSample, int destination)
    {
        Check(indices, count);
        long expected = (long)indices.Length * perSample;
        if (destination != expected)
        {
            throw new ArgumentException($"expected room for {expected} values, got {destination}", nameof(destination));
        }
    }

    /// <summary>Copies the rows at <paramref name="indices"/> one after the other.</summary>
    /// <param name="rows">All rows, or a part of what each has: a row every <paramref name="stride"/> elements.</param>
    /// <param name="indices">Which rows, each within.</param>
    /// <param name="stride">The elements from one row to the next.</param>
    /// <param name="length">The elements of a row to copy.</param>
    /// <param name="destination">Exactly as many elements as they take.</param>
    public static void Gather<T>(
        ReadOnlySpan<T> rows, ReadOnlySpan<int> indices, int stride, int length, Span<T> destination)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            rows.Slice(indices[i] * stride, length).CopyTo(destination[(i * length)..]);
        }
    }
}
