using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>The mean of each column of a few rows, and the sum of the squares of the distances from it.</summary>
/// <param name="block">[rows, columns].</param>
/// <param name="rows">The number of rows: few enough to stay in the cache, at least 1.</param>
/// <param name="columns">The distance between two rows.</param>
/// <param name="squares">[columns], where the sums of squares go.</param>
internal readonly unsafe struct ColumnMoments(float* block, int rows, int columns, float* squares) : IElementwiseFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sum = TVector.Zero;
        for (int row = 0; row < rows; row++)
        {
            sum += Operand.Load<TVector>(block + ((nint)row * columns) + index, count);
        }

        TVector mean = sum * TVector.Broadcast(1f / rows);
        TVector square = TVector.Zero;
        for (int row = 0; row < rows; row++)
        {
            TVector distance = Operand.Load<TVector>(block + ((nint)row * columns) + index, count) - mean;
            square = TVector.MultiplyAdd(distance, distance, square);
        }

        Operand.Store(square, squares + index, count);
        return mean;
    }
}
