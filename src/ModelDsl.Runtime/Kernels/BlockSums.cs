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

/// <summary>x[i] + Σ parts[block][i] over the blocks, in their order, with compensation.</summary>
/// <param name="parts">The first block's part of the run.</param>
/// <param name="blocks">The number of blocks.</param>
/// <param name="distance">The floats from one block to the next.</param>
internal readonly unsafe struct SumBlocksRun(float* parts, int blocks, nint distance) : IElementwiseFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector rest = TVector.Zero;
        float* from = parts + index;
        for (int block = 0; block < blocks; block++)
        {
            LongSum.Add(ref values, ref rest, Operand.Load<TVector>(from, count));
            from += distance;
        }

        return values;
    }
}
