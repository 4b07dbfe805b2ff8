namespace ModelDsl.Kernels;

/// <summary>The steps of a softmax over one row.</summary>
/// <remarks>A sum is taken lane by lane and its lanes added as a tree, in the same order whatever the threads.</remarks>
internal static unsafe class SoftmaxRow
{
    /// <summary>The largest value.</summary>
    /// <param name="x">The row.</param>
    /// <param name="columns">Its length; positive.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max<TVector>(float* x, int columns)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector lowest = TVector.Broadcast(float.NegativeInfinity);
        TVector max = lowest;
        int i = 0;
        for (; i <= columns - TVector.Count; i += TVector.Count)
        {
            max = TVector.Max(max, TVector.Load(x + i));
        }

        if (i < columns)
        {
            TVector last = TVector.LoadPartial(x + i, columns - i);
            max = TVector.Max(max, TVector.ConditionalSelect(TVector.FirstLanes(columns - i), last, lowest));
        }

        return TVector.MaxAcross(max);
    }

    /// <summary>destination[i] = e^(x[i] - max), and returns the sum.</summary>
    /// <param name="x">The row.</param>
    /// <param name="destination">Where the exponentials go; may be the row, or null.</param>
    /// <param name="columns">The row's length.</param>
    /// <param name="max">The row's largest value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exponentials<TVector>(float* x, float* destination, int columns, float max)
        where TVector : struct, ISimdVector<TVector> =>
        Sum<TVector>(x, destination, columns, max, isPower: false, withoutOne: false);

    /// <summary>
    /// log total, for the total Σ e^(x - max) of a row. Near 1, where it is that of a sure prediction, the other classes' share is
    /// summed without the largest one's 1, which would round it away.
    /// </summary>
    /// <param name="x">The row, where there are no exponentials.</param>
    /// <param name="exponentials">Where <see cref="Exponentials"/> has put them, or null.</param>
    /// <param name="columns">The row's length.</param>
    /// <param name="max">The row's largest value.</param>
    /// <param name="total">What <see cref="Exponentials"/> gave.</param>
    /// <param name="others">The sum of all exponentials but the largest where the total is below 1.5; else total - 1.</param>
    public static float LogOfTotal<TVector>(float* x, float* exponentials, int columns, float max, float total, out float others)
        where TVector : struct, ISimdVector<TVector>
    {
        // Below 1.5 there is one largest value; and a total that is no number takes the other way.
        if (!(total < 1.5f))
        {
            others = total - 1f;
            return MathF.Log(total);
        }

        others = Others<TVector>(x, exponentials, columns, max);
        return SimdScalar.Sum(VectorMath.LogOnePlus(SimdScalar.Broadcast(others)));
    }

    /// <summary>Σ e^(x[i] - max) without the largest one's 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Others<TVector>(float* x, float* exponentials, int columns, float max)
        where TVector : struct, ISimdVector<TVector> =>
        Sum<TVector>(
            exponentials is null ? x : exponentials, null, columns, max, isPower: exponentials is not null,
            withoutOne: true);

    /// <summary>destination[i] = e^(x[i] - max), and returns the sum.</summary>
    /// <param name="x">The row.</param>
    /// <param name="destination">Where the exponentials go; may be the row, or null.</param>
    /// <param name="columns">The row's length.</param>
    /// <param name="max">The row's largest value.</param>
    /// <param name="isPower">Whether x is the exponentials already.</param>
    /// <param name="withoutOne">Whether exponentials of 1 are left out.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sum<TVector>(
        float* x, float* destination, int columns, float max, bool isPower, bool withoutOne)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector shift = TVector.Broadcast(max);
        TVector total = TVector.Zero, rest = TVector.Zero;
        for (int i = 0; i < columns;)
        {
            TVector sum = TVector.Zero;
            int end = (int)Math.Min(columns, i + ((long)LongSum.Block * TVector.Count));
            for (; i < end; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, columns - i);
                TVector e = Operand.Load<TVector>(x + i, count);
                if (!isPower)
                {
                    e = VectorMath.Exp(e - shift);
                }

                if (withoutOne)
                {
                    e = TVector.ConditionalSelect(TVector.LessThan(e, TVector.Broadcast(1f)), e, TVector.Zero);
                }

                if (count < TVector.Count)
                {
                    e = TVector.ConditionalSelect(TVector.FirstLanes(count), e, TVector.Zero);
                }

                if (destination is not null)
                {
                    Operand.Store(e, destination + i, count);
                }

                sum += e;
            }

            LongSum.Add(ref total, ref rest, sum);
        }

        return TVector.Sum(total);
    }

    /// <summary>values[i] *= factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale<TVector>(float* values, int columns, float factor)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector scale = TVector.Broadcast(factor);
        for (int i = 0; i < columns; i += TVector.Count)
        {
            int count = Math.Min(TVector.Count, columns - i);
            Operand.Store(Operand.Load<TVector>(values + i, count) * scale, values + i, count);
        }
    }

    /// <summary>Σ x[i]·y[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot<TVector>(float* x, float* y, int columns)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.Sum(LongSum.Of<TVector, ProductTerm>(
            (columns + TVector.Count - 1) / TVector.Count, new ProductTerm(x, y, columns)));

    /// <summary>The product of the vectors at i·Count.</summary>
    private readonly struct ProductTerm(float* x, float* y, int columns) : ISumTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector AddTo<TVector>(TVector sum, int i)
            where TVector : struct, ISimdVector<TVector>
        {
            int first = i * TVector.Count;
            int count = Math.Min(TVector.Count, columns - first);
            return TVector.MultiplyAdd(
                Operand.Load<TVector>(x + first, count), Operand.Load<TVector>(y + first, count), sum);
        }
    }
}
