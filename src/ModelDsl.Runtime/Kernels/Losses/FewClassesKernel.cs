namespace ModelDsl.Kernels;

/// <summary>
/// The losses of <see cref="SoftmaxCrossEntropyLoss"/> by label, and the gradient, with a row on each lane: the form
/// for few classes, whose rows would leave most lanes of a vector empty.
/// </summary>
/// <remarks>
/// As many rows as a vector has lanes are turned into columns in registers, so that nothing is added across lanes. A
/// row's result does not depend on the rows beside it. Limited by the exponentials; 32 rows of 4 classes take 0.3 µs,
/// and 1.1 µs row by row.
/// </remarks>
internal readonly unsafe struct FewClassesKernel(
    float* outputs, int* labels, LossMean mean, LossGradient gradient, double* partials, int classes) : IRangeKernel
{
    /// <summary>
    /// The classes up to which this form is taken. Measured, in µs, with 8 and 32 rows: 16 classes take 0.33 and 0.56
    /// here, 0.30 and 0.95 row by row; 32 classes 0.53 and 0.91, 0.34 and 1.2.
    /// </summary>
    public const int MostClasses = 16;

    private const int MostLanes = 16;

    /// <summary>
    /// The floats that are read of each row besides the classes: label, share, and two parts of the loss.
    /// </summary>
    private const int Others = 4;

    private readonly float* _outputs = outputs;
    private readonly int* _labels = labels;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        // From a 64-byte boundary on, so that no vector crosses one.
        byte* memory = stackalloc byte[(((2 * MostClasses) + Others + 1) * MostLanes) * sizeof(float)];
        float* columns = (float*)(((nuint)memory + 63) & ~(nuint)63);
        float* rows = columns + (MostClasses * MostLanes);
        float* ofRows = rows + (MostClasses * MostLanes);

        TVector share = TVector.Broadcast(mean.Share(gradient.Scale, 1f));
        for (int row = start; row < end; row += TVector.Count)
        {
            int count = Math.Min(TVector.Count, end - row);
            float* first = _outputs + ((nint)row * classes);
            bool isWhole = count == TVector.Count;
            if (!isWhole)
            {
                new Span<float>(rows, TVector.Count * classes).Clear();
                new ReadOnlySpan<float>(first, count * classes).CopyTo(new Span<float>(rows, count * classes));
            }

            Transposition.RowsToColumns<TVector>(isWhole ? first : rows, classes, columns);
            if (mean.IsWeighted)
            {
                share = Shares<TVector>(row, count, ofRows);
            }

            TVector label = Labels<TVector>(row, count, ofRows);
            Evaluate(columns, label, share, ofRows);
            for (int i = 0; i < count; i++)
            {
                // A row without weight adds nothing, also where its loss is no number.
                float weight = mean.WeightOf(row + i);
                double loss = (double)ofRows[i] - ofRows[MostLanes + i];
                partials[row + i] = weight == 0f ? 0 : weight * loss;
            }

            if (gradient.IsWanted)
            {
                float* to = gradient.Values + ((nint)row * classes);
                Transposition.ColumnsToRows<TVector>(columns, classes, isWhole ? to : rows);
                if (!isWhole)
                {
                    new ReadOnlySpan<float>(rows, count * classes).CopyTo(new Span<float>(to, count * classes));
                }
            }
        }
    }

    /// <summary>
    /// Puts the two parts of the losses of some rows beside each other, and the gradient in the place of the outputs.
    /// </summary>
    /// <param name="columns">[classes, lanes].</param>
    /// <param name="label">The labels.</param>
    /// <param name="share">What the gradients are multiplied by.</param>
    /// <param name="losses">The logarithms of the totals, and the labels' outputs less the largest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Evaluate<TVector>(float* columns, TVector label, TVector share, float* losses)
        where TVector : struct, ISimdVector<TVector>
    {
        // The largest logit is taken off first: what is left is as exact as the logits are.
        TVector max = TVector.Broadcast(float.NegativeInfinity), matched = TVector.Zero;
        for (int i = 0; i < classes; i++)
        {
            TVector y = TVector.Load(columns + (i * TVector.Count));
            max = TVector.Max(max, y);
            matched = TVector.ConditionalSelect(TVector.EqualTo(label, TVector.Broadcast(i)), y, matched);
        }

        // Near 1, the total of a sure prediction, its logarithm is that of the other classes' share, summed without the
        // largest one's 1, which would round it away.
        matched -= max;
        TVector one = TVector.Broadcast(1f), total = TVector.Zero, others = TVector.Zero;
        for (int i = 0; i < classes; i++)
        {
            float* column = columns + (i * TVector.Count);
            TVector e = VectorMath.Exp(TVector.Load(column) - max);
            e.Store(column);
            total += e;
            others += TVector.ConditionalSelect(TVector.LessThan(e, one), e, TVector.Zero);
        }

        TVector isSure = TVector.LessThan(total, TVector.Broadcast(1.5f));
        others = TVector.ConditionalSelect(isSure, others, total - one);
        TVector log = TVector.ConditionalSelect(isSure, VectorMath.LogOnePlus(others), VectorMath.Log(total));
        log.Store(losses);
        matched.Store(losses + MostLanes);
        if (!gradient.IsWanted)
        {
            return;
        }

        // p - 1 of the likeliest class is what the others have, negated.
        TVector factor = share / total;
        TVector ofLikeliest = -share * (others / total);
        TVector isLikeliest = TVector.EqualTo(matched, TVector.Zero);
        TVector takesPart = TVector.GreaterThan(TVector.Abs(share), TVector.Zero);
        for (int i = 0; i < classes; i++)
        {
            float* column = columns + (i * TVector.Count);
            TVector g = TVector.Load(column) * factor;
            TVector own = TVector.ConditionalSelect(isLikeliest, ofLikeliest, g - share);
            g = TVector.ConditionalSelect(TVector.EqualTo(label, TVector.Broadcast(i)), own, g);
            (mean.IsWeighted ? TVector.ConditionalSelect(takesPart, g, TVector.Zero) : g).Store(column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Labels<TVector>(int row, int count, float* ofRows)
        where TVector : struct, ISimdVector<TVector>
    {
        float* lanes = ofRows + (2 * MostLanes);
        for (int i = 0; i < count; i++)
        {
            lanes[i] = _labels[row + i];
        }

        return TVector.Load(lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Shares<TVector>(int row, int count, float* ofRows)
        where TVector : struct, ISimdVector<TVector>
    {
        float* lanes = ofRows + (3 * MostLanes);
        for (int i = 0; i < count; i++)
        {
            lanes[i] = mean.Share(gradient.Scale, mean.WeightOf(row + i));
        }

        return TVector.Load(lanes);
    }
}
