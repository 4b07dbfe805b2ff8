namespace ModelDsl;

/// <summary>Parts of a source. All are views, which hold indices and no samples.</summary>
public static class DataSplits
{
    /// <summary>The samples at <paramref name="indices"/>, in that order; an index may come twice.</summary>
    /// <param name="source">The whole.</param>
    /// <param name="indices">Which samples, each in [0, <see cref="IDataSource.Count"/>).</param>
    /// <exception cref="ArgumentException">There is no index, or one is not within the source.</exception>
    public static DataSubset Subset(this IDataSource source, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (indices.IsEmpty)
        {
            throw new ArgumentException("expected at least one index, got none", nameof(indices));
        }

        if (source is DataSubset subset)
        {
            return subset.Select(indices);
        }

        Indices.Check(indices, source.Count);
        return new DataSubset(source, indices.ToArray());
    }

    /// <summary>
    /// Holds out a random part of the samples: round(count · fraction) of them, drawn from the seed alone. Both parts
    /// keep the order of the samples.
    /// </summary>
    /// <param name="source">The whole.</param>
    /// <param name="heldOutFraction">The part to hold out, in (0, 1).</param>
    /// <param name="seed">The same seed always gives the same parts.</param>
    /// <exception cref="ArgumentException">The fraction is out of range, or leaves one part without samples.</exception>
    public static (DataSubset Remaining, DataSubset HeldOut) Split(
        this IDataSource source, float heldOutFraction, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!(heldOutFraction is > 0f and < 1f))
        {
            throw new ArgumentException(
                Invariant($"expected a fraction above 0 and below 1, got {heldOutFraction}"), nameof(heldOutFraction));
        }

        int count = source.Count;
        int heldOut = (int)Math.Round((double)count * heldOutFraction);
        if (heldOut == 0 || heldOut == count)
        {
            throw new ArgumentException(
                $"expected both parts to have samples, got {count - heldOut} and {heldOut} of {count}",
                nameof(heldOutFraction));
        }

        int[] order = Indices.All(count);
        new Philox(seed, RandomStreams.Split).Shuffle(order.AsSpan());
        Array.Sort(order, 0, count - heldOut);
        Array.Sort(order, count - heldOut, heldOut);
        return (source.Subset(order.AsSpan(0, count - heldOut)), source.Subset(order.AsSpan(count - heldOut)));
    }
}
