using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

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
