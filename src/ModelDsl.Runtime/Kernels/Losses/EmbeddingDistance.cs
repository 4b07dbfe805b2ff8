using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>Distances between two embeddings.</summary>
internal static unsafe class EmbeddingDistance
{
    /// <summary>Σ (a - b + offset)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Square<TVector>(float* a, float* b, float offset, int width)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sum = TVector.Zero;
        for (int i = 0; i < width; i += TVector.Count)
        {
            int count = Math.Min(TVector.Count, width - i);
            TVector difference = Operand.Load<TVector>(a + i, count) - Operand.Load<TVector>(b + i, count) + TVector.Broadcast(offset);
            TVector square = difference * difference;
            sum += count == TVector.Count ? square : TVector.ConditionalSelect(TVector.FirstLanes(count), square, TVector.Zero);
        }

        return TVector.Sum(sum);
    }
}
