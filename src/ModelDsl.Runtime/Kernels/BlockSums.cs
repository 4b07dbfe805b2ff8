namespace ModelDsl.Kernels;

/// <summary>Sums of many terms that are added up plainly for a while, as a part, and then moved to a total.</summary>
internal static unsafe class BlockSums
{
    /// <summary>total[i] += part[i]; part[i] = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Move(float* part, float* total, int length)
    {
        ElementwiseRun.Apply(new Span<float>(total, length), new AddRun(new FloatSpan(part, length)));
        new Span<float>(part, length).Clear();
    }

    /// <summary>total[i] += part[i], with what rounding has taken so far in rests[i]; part[i] = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Move(float* part, float* total, float* rests, int length)
    {
        ElementwiseRun.Apply(new Span<float>(total, length), new AddBlockRun(part, rests));
        new Span<float>(part, length).Clear();
    }
}

/// <summary>x[i] + block[i], with what rounding has taken so far in rests[i].</summary>
internal readonly unsafe struct AddBlockRun(float* block, float* rests) : IElementwiseFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector rest = Operand.Load<TVector>(rests + index, count);
        LongSum.Add(ref values, ref rest, Operand.Load<TVector>(block + index, count));
        Operand.Store(rest, rests + index, count);
        return values;
    }
}

/// <summary>
/// x[i] + Σ parts[part][i], in their order: so many together are added up with compensation, and then to the others.
/// </summary>
/// <param name="parts">The first part's share of the run.</param>
/// <param name="count">The number of parts.</param>
/// <param name="together">
/// How many are added up before they are added to x: those of a block of samples, so that blocks that come in several
/// calls have the bits of one call.
/// </param>
/// <param name="distance">The floats from one part to the next.</param>
internal readonly unsafe struct SumPartsRun(float* parts, int count, int together, nint distance) : IElementwiseFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int lanes)
        where TVector : struct, ISimdVector<TVector>
    {
        float* from = parts + index;
        for (int rest = count; rest > 0; rest -= together)
        {
            TVector sum = TVector.Zero, lost = TVector.Zero;
            for (int part = Math.Min(rest, together); part > 0; part--)
            {
                LongSum.Add(ref sum, ref lost, Operand.Load<TVector>(from, lanes));
                from += distance;
            }

            values += sum;
        }

        return values;
    }
}

/// <summary>x[i] + addend[i].</summary>
/// <param name="addend">As many floats as the run has.</param>
internal readonly unsafe struct AddRun(FloatSpan addend) : IElementwiseFunction
{
    private readonly float* _addend = addend.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector> => values + Operand.Load<TVector>(_addend + index, count);
}
