namespace ModelDsl.Kernels;

/// <summary>Copies between the rows of a head, which lie far apart, and working memory, where they lie side by side.</summary>
internal static unsafe class AttentionTiles
{
    /// <summary>
    /// destination[row, i] = scale·source[row, i], with zeros behind the width and in masked rows; and returns whether
    /// all of it is finite.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static bool Pack<TVector>(
        float* source, nint stride, float* destination, int rows, int width, int paddedWidth, float scale,
        float* mask = null)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector factor = TVector.Broadcast(scale);
        TVector check = TVector.Zero;
        for (int row = 0; row < rows; row++)
        {
            if (IsMasked(mask, row))
            {
                new Span<float>(destination, paddedWidth).Clear();
            }
            else
            {
                for (int i = 0; i < paddedWidth; i += TVector.Count)
                {
                    int count = Math.Clamp(width - i, 0, TVector.Count);
                    TVector value = Operand.Load<TVector>(source + i, count) * factor;
                    value.Store(destination + i);

                    // Zero times an infinity or NaN is NaN, and stays in the sum.
                    check = TVector.MultiplyAdd(value, TVector.Zero, check);
                }
            }

            source += stride;
            destination += paddedWidth;
        }

        return TVector.Sum(check) == 0f;
    }

    /// <summary>Whether no query sees the key of a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsMasked(float* mask, int step) => mask is not null && float.IsNegativeInfinity(mask[step]);

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
