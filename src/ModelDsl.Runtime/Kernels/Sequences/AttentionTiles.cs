using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>Copies between the rows of a head, which lie far apart, and working memory, where they lie side by side.</summary>
internal static unsafe class AttentionTiles
{
    /// <summary>destination[row, i] = scale·source[row, i], with zeros behind the width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Pack<TVector>(
        float* source, nint stride, float* destination, int rows, int width, int paddedWidth, float scale)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector factor = TVector.Broadcast(scale);
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < paddedWidth; i += TVector.Count)
            {
                int count = Math.Clamp(width - i, 0, TVector.Count);
                (Operand.Load<TVector>(source + i, count) * factor).Store(destination + i);
            }

            source += stride;
            destination += paddedWidth;
        }
    }

    /// <summary>destination[i, row] = source[row, i], with zeros behind the rows.</summary>
    public static void PackTransposed<TVector>(
        float* source, nint stride, float* destination, int rows, int width, int paddedRows)
        where TVector : struct, ISimdVector<TVector>
    {
        Transposition.Transpose<TVector>(source, stride, rows, width, destination, paddedRows);
        for (int i = 0; i < width && rows < paddedRows; i++)
        {
            new Span<float>(destination + ((nint)i * paddedRows) + rows, paddedRows - rows).Clear();
        }
    }

    /// <summary>scores[i] += mask[i], where there is a mask.</summary>
    public static void Mask(float* scores, float* mask, int count)
    {
        if (mask is not null)
        {
            var row = new Span<float>(scores, count);
            System.Numerics.Tensors.TensorPrimitives.Add(row, new ReadOnlySpan<float>(mask, count), row);
        }
    }

    /// <summary>destination[row, i] = scale·source[row, i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Unpack<TVector>(
        float* source, int paddedWidth, float* destination, nint stride, int rows, int width, float scale)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector factor = TVector.Broadcast(scale);
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < width; i += TVector.Count)
            {
                Operand.Store(TVector.Load(source + i) * factor, destination + i, Math.Min(TVector.Count, width - i));
            }

            source += paddedWidth;
            destination += stride;
        }
    }
}
