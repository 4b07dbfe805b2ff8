namespace ModelDsl.Kernels;

/// <summary>What a row's target takes of its logits.</summary>
internal static unsafe class MatchedSum
{
    /// <summary>
    /// Σ q·(y - max) and Σ q over the classes' shares q; a class that has none may have the logit -∞.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of<TVector, TShares>(
        in TShares target, float* t, float* y, int columns, float max, out float weight)
        where TVector : struct, ISimdVector<TVector>
        where TShares : struct, ITargetShares
    {
        TVector total = TVector.Zero, rest = TVector.Zero;
        TVector totalShares = TVector.Zero, restOfShares = TVector.Zero;
        for (int i = 0; i < columns;)
        {
            TVector sum = TVector.Zero, shares = TVector.Zero;
            int end = (int)Math.Min(columns, i + ((long)LongSum.Block * TVector.Count));
            for (; i < end; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, columns - i);
                TVector share = target.Shares<TVector>(t, i, count);
                TVector product = share * (Operand.Load<TVector>(y + i, count) - TVector.Broadcast(max));
                sum += TVector.ConditionalSelect(TVector.EqualTo(share, TVector.Zero), TVector.Zero, product);
                shares += share;
            }

            LongSum.Add(ref total, ref rest, sum);
            LongSum.Add(ref totalShares, ref restOfShares, shares);
        }

        weight = TVector.Sum(totalShares);
        return TVector.Sum(total);
    }
}

/// <summary>A cross-entropy, by the share that each class has of a row's target.</summary>
internal unsafe interface ITargetShares
{
    /// <summary>The shares of some classes; zero in empty lanes.</summary>
    /// <param name="t">The row's targets, or null.</param>
    /// <param name="i">The first class.</param>
    /// <param name="count">The number of lanes that are filled.</param>
    TVector Shares<TVector>(float* t, int i, int count)
        where TVector : struct, ISimdVector<TVector>;
}
