using System.Runtime.Intrinsics;

namespace ModelDsl.Kernels;

/// <summary>
/// The losses of <see cref="SoftmaxCrossEntropyLoss"/> by label, and the gradient, with a row on each lane: the form
/// for few classes, whose rows would leave most lanes of a vector empty.
/// </summary>
/// <remarks>
/// As many rows as a vector has lanes are turned into columns in registers, so that nothing is added across lanes. A
/// row's result does not depend on the rows beside it. Limited by the latency of exponentials, logarithms and
/// divisions, one after the other; 32 rows of 4 classes take 0.2 µs, and 1.1 µs row by row.
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
    /// The groups of rows that go through each stage together, so that no stage of one waits for that of another.
    /// </summary>
    private const int MostGroups = 4;

    /// <summary>
    /// The vectors that are kept of each group besides the classes: labels, shares, the labels' outputs less the
    /// largest, the totals, those without the largest one's 1, and the logarithms.
    /// </summary>
    private const int Others = 6;

    private readonly float* _outputs = outputs;
    private readonly int* _labels = labels;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        // From a 64-byte boundary on, so that no vector crosses one.
        const int Group = (MostClasses + Others) * MostLanes;
        byte* memory = stackalloc byte[((MostGroups * Group) + ((MostClasses + 1) * MostLanes)) * sizeof(float)];
        float* groups = (float*)(((nuint)memory + 63) & ~(nuint)63);
        float* rows = groups + (MostGroups * Group);
        TVector share = TVector.Broadcast(mean.Share(gradient.Scale, 1f));
        for (int row = start; row < end; row += MostGroups * TVector.Count)
        {
            int stop = Math.Min(end, row + (MostGroups * TVector.Count));
            float* group = groups;
            for (int first = row; first < stop; first += TVector.Count, group += Group)
            {
                int count = Math.Min(TVector.Count, stop - first);
                Read<TVector>(first, count, group + (Others * MostLanes), rows);
                Labels<TVector>(first, count, group);
                Exponentials<TVector>(group, group + (Others * MostLanes));
            }

            group = groups;
            for (int first = row; first < stop; first += TVector.Count, group += Group)
            {
                Losses<TVector>(first, Math.Min(TVector.Count, stop - first), group);
            }

            if (gradient.IsWanted)
            {
                group = groups;
                for (int first = row; first < stop; first += TVector.Count, group += Group)
                {
                    int count = Math.Min(TVector.Count, stop - first);
                    share = mean.IsWeighted ? Shares<TVector>(first, count, group) : share;
                    Gradients(group, group + (Others * MostLanes), share);
                    Write<TVector>(first, count, group + (Others * MostLanes), rows);
                }
            }
        }
    }

    /// <summary>Turns rows of outputs into columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Read<TVector>(int row, int count, float* columns, float* rows)
        where TVector : struct, ISimdVector<TVector>
    {
        float* first = _outputs + ((nint)row * classes);
        if (count != TVector.Count)
        {
            new Span<float>(rows, TVector.Count * classes).Clear();
            new ReadOnlySpan<float>(first, count * classes).CopyTo(new Span<float>(rows, count * classes));
            first = rows;
        }

        Transposition.RowsToColumns<TVector>(first, classes, columns);
    }

    /// <summary>Turns columns of the gradient into rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write<TVector>(int row, int count, float* columns, float* rows)
        where TVector : struct, ISimdVector<TVector>
    {
        float* to = gradient.Values + ((nint)row * classes);
        bool isWhole = count == TVector.Count;
        Transposition.ColumnsToRows<TVector>(columns, classes, isWhole ? to : rows);
        if (!isWhole)
        {
            new ReadOnlySpan<float>(rows, count * classes).CopyTo(new Span<float>(to, count * classes));
        }
    }

    /// <summary>Puts exponentials in the place of the outputs, and what they add up to beside them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Exponentials<TVector>(float* group, float* columns)
        where TVector : struct, ISimdVector<TVector>
    {
        // The largest logit is taken off first: what is left is as exact as the logits are.
        TVector label = TVector.Load(group);
        TVector max = TVector.Broadcast(float.NegativeInfinity), matched = TVector.Zero;
        for (int i = 0; i < classes; i++)
        {
            TVector y = TVector.Load(columns + (i * TVector.Count));
            max = TVector.Max(max, y);
            matched = TVector.ConditionalSelect(TVector.EqualTo(label, TVector.Broadcast(i)), y, matched);
        }

        TVector one = TVector.Broadcast(1f), total = TVector.Zero, others = TVector.Zero;
        for (int i = 0; i < classes; i++)
        {
            float* column = columns + (i * TVector.Count);
            TVector e = VectorMath.Exp(TVector.Load(column) - max);
            e.Store(column);
            total += e;
            others += TVector.ConditionalSelect(TVector.LessThan(e, one), e, TVector.Zero);
        }

        // Near 1, the total of a sure prediction, its logarithm is that of the other classes' share, summed without the
        // largest one's 1, which would round it away.
        TVector isSure = TVector.LessThan(total, TVector.Broadcast(1.5f));
        (matched - max).Store(group + (2 * MostLanes));
        total.Store(group + (3 * MostLanes));
        TVector.ConditionalSelect(isSure, others, total - one).Store(group + (4 * MostLanes));
    }

    /// <summary>Writes the losses of some rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Losses<TVector>(int row, int count, float* group)
        where TVector : struct, ISimdVector<TVector>
    {
        float* matched = group + (2 * MostLanes);
        float* logs = group + (5 * MostLanes);
        TVector total = TVector.Load(group + (3 * MostLanes));
        TVector isSure = TVector.LessThan(total, TVector.Broadcast(1.5f));
        TVector ofOthers = VectorMath.LogOnePlus(TVector.Load(group + (4 * MostLanes)));
        TVector.ConditionalSelect(isSure, ofOthers, VectorMath.Log(total)).Store(logs);
        int i = 0;
        if (!mean.IsWeighted && Vector256.IsHardwareAccelerated)
        {
            for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                (Vector256<double> log0, Vector256<double> log1) = Vector256.Widen(Vector256.Load(logs + i));
                (Vector256<double> y0, Vector256<double> y1) = Vector256.Widen(Vector256.Load(matched + i));
                (log0 - y0).Store(partials + row + i);
                (log1 - y1).Store(partials + row + i + Vector256<double>.Count);
            }
        }

        for (; i < count; i++)
        {
            // A row without weight adds nothing, also where its loss is no number.
            float weight = mean.WeightOf(row + i);
            double loss = (double)logs[i] - matched[i];
            partials[row + i] = weight == 0f ? 0 : weight * loss;
        }
    }

    /// <summary>Puts the gradient in the place of the exponentials.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Gradients<TVector>(float* group, float* columns, TVector share)
        where TVector : struct, ISimdVector<TVector>
    {
        // p - 1 of the likeliest class is what the others have, negated.
        TVector label = TVector.Load(group);
        TVector total = TVector.Load(group + (3 * MostLanes));
        TVector factor = share / total;
        TVector ofLikeliest = -share * (TVector.Load(group + (4 * MostLanes)) / total);
        TVector isLikeliest = TVector.EqualTo(TVector.Load(group + (2 * MostLanes)), TVector.Zero);
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

    /// <summary>Puts the labels on lanes. Narrow stores would hold up the load of all of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Labels<TVector>(int row, int count, float* lanes)
        where TVector : struct, ISimdVector<TVector>
    {
        if (TVector.Count == Vector512<int>.Count && count == TVector.Count)
        {
            Vector512.ConvertToSingle(Vector512.Load(_labels + row)).Store(lanes);
            return;
        }

        if (TVector.Count == Vector256<int>.Count && count == TVector.Count)
        {
            Vector256.ConvertToSingle(Vector256.Load(_labels + row)).Store(lanes);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            lanes[i] = _labels[row + i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Shares<TVector>(int row, int count, float* group)
        where TVector : struct, ISimdVector<TVector>
    {
        float* lanes = group + MostLanes;
        for (int i = 0; i < count; i++)
        {
            lanes[i] = mean.Share(gradient.Scale, mean.WeightOf(row + i));
        }

        return TVector.Load(lanes);
    }
}
