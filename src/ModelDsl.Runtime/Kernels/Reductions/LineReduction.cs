namespace ModelDsl.Kernels;

/// <summary>One number of a row, and its gradient.</summary>
internal unsafe interface ILineReduction
{
    /// <summary>Whether rows that lie side by side are summed column by column, by <see cref="LongSum"/>.</summary>
    static abstract bool IsSum { get; }

    static abstract float Forward<TVector>(float* x, int count, float divisor)
        where TVector : struct, ISimdVector<TVector>;

    /// <summary>Writes the gradients of a row; <paramref name="result"/> may be the row.</summary>
    static abstract void Backward<TVector>(float* x, float gradient, float* result, int count, float divisor)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>Reduces the lines of a tensor.</summary>
internal static unsafe class LineReduction<TReduction>
    where TReduction : struct, ILineReduction
{
    public static void Forward(FloatSpan source, FloatSpan result, Lines lines, float divisor)
    {
        lines.Check(source);
        lines.CheckOnes(result);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lines.Count);
        RangeLoop<ForwardWork>.Run(
            new ForwardWork(lines, source.Pointer, result.Pointer, divisor), lines.Groups, grain: 1, lines.GroupsPerThread);
    }

    public static void Backward(
        FloatSpan source, FloatSpan resultGradient, FloatSpan sourceGradient, Lines lines, float divisor)
    {
        lines.Check(source);
        lines.Check(sourceGradient);
        lines.CheckOnes(resultGradient);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lines.Count);
        RangeLoop<BackwardWork>.Run(
            new BackwardWork(lines, source.Pointer, resultGradient.Pointer, sourceGradient.Pointer, divisor),
            lines.Groups, grain: 1, lines.GroupsPerThread);
    }

    private readonly struct ForwardWork(Lines lines, float* source, float* result, float divisor) : IRangeKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            if (TReduction.IsSum && !lines.AreRows)
            {
                for (int group = start; group < end; group++)
                {
                    SumColumns<TVector>(group);
                }

                return;
            }

            float* memory = lines.Memory(operands: 1);
            for (int group = start; group < end; group++)
            {
                (nint line, int many) = lines.Group(group);
                float* rows = lines.Load<TVector>(source, line, many, memory);
                for (int i = 0; i < many; i++)
                {
                    result[line + i] = TReduction.Forward<TVector>(rows + ((nint)i * lines.Count), lines.Count, divisor);
                }
            }
        }

        private void SumColumns<TVector>(int group)
            where TVector : struct, ISimdVector<TVector>
        {
            (nint line, int many) = lines.Group(group);
            for (int i = 0; i < many; i += TVector.Count)
            {
                int lanes = Math.Min(TVector.Count, many - i);
                TVector sum = LongSum.Of<TVector, RowTerm>(
                    lines.Count, new(source + lines.Start(line + i), lines.Distance, lanes));
                Operand.Store(sum / TVector.Broadcast(divisor), result + line + i, lanes);
            }
        }
    }

    private readonly struct BackwardWork(Lines lines, float* source, float* gradient, float* result, float divisor)
        : IRangeKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            float* memory = lines.Memory(operands: 2);
            for (int group = start; group < end; group++)
            {
                (nint line, int many) = lines.Group(group);
                float* x = lines.Load<TVector>(source, line, many, memory);
                float* rows = lines.Target(result, line, lines.Part(memory, 1));
                for (int i = 0; i < many; i++)
                {
                    nint row = (nint)i * lines.Count;
                    TReduction.Backward<TVector>(x + row, gradient[line + i], rows + row, lines.Count, divisor);
                }

                lines.Store<TVector>(rows, result, line, many);
            }
        }
    }
}

/// <summary>Σ x / divisor.</summary>
internal readonly unsafe struct SumOfLine : ILineReduction
{
    public static bool IsSum => true;

    public static float Forward<TVector>(float* x, int count, float divisor)
        where TVector : struct, ISimdVector<TVector> => (float)(RowSums.Sum<TVector>(x, 0f, count) / divisor);

    public static void Backward<TVector>(float* x, float gradient, float* result, int count, float divisor)
        where TVector : struct, ISimdVector<TVector> => new Span<float>(result, count).Fill(gradient / divisor);
}

/// <summary>Σ (x - mean)² / divisor.</summary>
internal readonly unsafe struct VarianceOfLine : ILineReduction
{
    public static bool IsSum => false;

    public static float Forward<TVector>(float* x, int count, float divisor)
        where TVector : struct, ISimdVector<TVector>
    {
        (float mean, double lost) = Mean<TVector>(x, count);

        // The mean was rounded, which adds the square of what it lost to that of each distance.
        double squares = RowSums.SumOfSquares<TVector>(x, mean, count) - (count * lost * lost);
        return (float)(squares < 0 ? 0 : squares / divisor);
    }

    public static void Backward<TVector>(float* x, float gradient, float* result, int count, float divisor)
        where TVector : struct, ISimdVector<TVector>
    {
        (float mean, double lost) = Mean<TVector>(x, count);
        LineLoop.Run<TVector, Distance>(x, result, count, new Distance(mean, (float)lost, 2f * gradient / divisor));
    }

    // The mean as a float, and what rounding took of it.
    private static (float Mean, double Lost) Mean<TVector>(float* x, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        double mean = x[0] + (RowSums.Sum<TVector>(x, x[0], count) / count);
        return ((float)mean, mean - (float)mean);
    }

    private readonly struct Distance(float mean, float lost, float factor) : ILineFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimdVector<TVector> =>
            (x - TVector.Broadcast(mean) - TVector.Broadcast(lost)) * TVector.Broadcast(factor);
    }
}

/// <summary>√Σ x².</summary>
internal readonly unsafe struct NormOfLine : ILineReduction
{
    public static bool IsSum => false;

    public static float Forward<TVector>(float* x, int count, float divisor)
        where TVector : struct, ISimdVector<TVector>
    {
        // Squares of small numbers may all be too small for a float.
        double squares = RowSums.SumOfSquares<TVector>(x, 0f, count);
        return (float)Math.Sqrt(squares == 0 ? RowSums.FarSumOfSquares(x, 1, 0, count) : squares);
    }

    public static void Backward<TVector>(float* x, float gradient, float* result, int count, float divisor)
        where TVector : struct, ISimdVector<TVector>
    {
        float norm = Forward<TVector>(x, count, divisor);
        if (norm == 0f)
        {
            new Span<float>(result, count).Fill(gradient * 0f);
            return;
        }

        // The direction first: the quotient of gradient and norm may be out of range.
        LineLoop.Run<TVector, Direction>(x, result, count, new Direction(norm, gradient));
    }

    private readonly struct Direction(float norm, float gradient) : ILineFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimdVector<TVector> => x / TVector.Broadcast(norm) * TVector.Broadcast(gradient);
    }
}

/// <summary>log Σ e^x.</summary>
internal readonly unsafe struct LogSumExpOfLine : ILineReduction
{
    public static bool IsSum => false;

    public static float Forward<TVector>(float* x, int count, float divisor)
        where TVector : struct, ISimdVector<TVector>
    {
        float shift = Shift<TVector>(x, count);
        float total = SoftmaxRow.Exponentials<TVector>(x, null, count, shift);
        return shift + (float.IsFinite(total) && total >= 1f
            ? SoftmaxRow.LogOfTotal<TVector>(x, null, count, shift, total, out _)
            : MathF.Log(total));
    }

    public static void Backward<TVector>(float* x, float gradient, float* result, int count, float divisor)
        where TVector : struct, ISimdVector<TVector>
    {
        float shift = Shift<TVector>(x, count);
        float total = SoftmaxRow.Exponentials<TVector>(x, result, count, shift);

        // Where all are -∞ none has a share.
        SoftmaxRow.Scale<TVector>(result, count, total == 0f ? gradient * 0f : gradient / total);
    }

    // An infinity is not subtracted from itself.
    private static float Shift<TVector>(float* x, int count)
        where TVector : struct, ISimdVector<TVector> =>
        SoftmaxRow.Max<TVector>(x, count) is var largest && float.IsFinite(largest) ? largest : 0f;
}

/// <summary>The largest x.</summary>
internal readonly unsafe struct LargestOfLine : ILineReduction
{
    public static bool IsSum => false;

    public static float Forward<TVector>(float* x, int count, float divisor)
        where TVector : struct, ISimdVector<TVector> => Extreme.Find<TVector>(x, count, isSmallest: false);

    public static void Backward<TVector>(float* x, float gradient, float* result, int count, float divisor)
        where TVector : struct, ISimdVector<TVector> =>
        Extreme.Put(x, Extreme.Find<TVector>(x, count, isSmallest: false), gradient, result, count);
}

/// <summary>The smallest x.</summary>
internal readonly unsafe struct SmallestOfLine : ILineReduction
{
    public static bool IsSum => false;

    public static float Forward<TVector>(float* x, int count, float divisor)
        where TVector : struct, ISimdVector<TVector> => Extreme.Find<TVector>(x, count, isSmallest: true);

    public static void Backward<TVector>(float* x, float gradient, float* result, int count, float divisor)
        where TVector : struct, ISimdVector<TVector> =>
        Extreme.Put(x, Extreme.Find<TVector>(x, count, isSmallest: true), gradient, result, count);
}

/// <summary>The largest or smallest element of a row.</summary>
internal static unsafe class Extreme
{
    /// <summary>The element; NaN where one is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Find<TVector>(float* x, int count, bool isSmallest)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector first = TVector.Broadcast(x[0]);
        TVector found = first;
        for (int i = 0; i < count; i += TVector.Count)
        {
            int lanes = Math.Min(TVector.Count, count - i);
            TVector value = Operand.Load<TVector>(x + i, lanes);
            if (lanes < TVector.Count)
            {
                value = TVector.ConditionalSelect(TVector.FirstLanes(lanes), value, first);
            }

            // What was found stays where it is NaN, and a NaN replaces it.
            TVector better = isSmallest ? TVector.Min(value, found) : TVector.Max(value, found);
            found = TVector.ConditionalSelect(TVector.EqualTo(value, value), better, value);
        }

        float* lane = stackalloc float[TVector.Count];
        found.Store(lane);
        float result = lane[0];
        for (int i = 1; i < TVector.Count; i++)
        {
            result = isSmallest ? MathF.Min(result, lane[i]) : MathF.Max(result, lane[i]);
        }

        return result;
    }

    /// <summary>Gives the gradient to the first element that equals a value, and 0 to the others.</summary>
    public static void Put(float* x, float value, float gradient, float* result, int count)
    {
        int place = 0;
        while (place < count - 1 && !x[place].Equals(value))
        {
            // Zeros of both signs are equal.
            if (x[place] == value)
            {
                break;
            }

            place++;
        }

        new Span<float>(result, count).Clear();
        result[place] = gradient;
    }
}

/// <summary>A function of the elements of a row.</summary>
internal interface ILineFunction
{
    TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>result[i] = f(x[i]) over a row.</summary>
internal static unsafe class LineLoop
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TVector, TFunction>(float* x, float* result, int count, TFunction function)
        where TVector : struct, ISimdVector<TVector>
        where TFunction : struct, ILineFunction
    {
        for (int i = 0; i < count; i += TVector.Count)
        {
            int lanes = Math.Min(TVector.Count, count - i);
            Operand.Store(function.Invoke(Operand.Load<TVector>(x + i, lanes)), result + i, lanes);
        }
    }
}
