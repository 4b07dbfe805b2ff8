namespace ModelDsl.Kernels;

/// <summary>The largest value of each window, and which pixel of it that came from, line by line.</summary>
/// <remarks>
/// Vectors of channels. What of the last one lies beyond the channels belongs to the next pixel of the line, which is
/// written after it: only at the end of a line is a part of a vector written.
/// </remarks>
internal readonly unsafe struct MaxPoolingLines(
    float* input, float* output, float* origins, SlidingWindow window, int channels, int batch) : ILineRangeWork
{
    /// <summary>Computes lines of the output, counted over all images.</summary>
    public void Invoke(int start, int end)
    {
        var lines = new Lines(input, output, origins, window, channels, batch, start, end);
        VectorWidth.RunAround(channels, ref lines);
    }

    private readonly struct Lines(
        float* input, float* output, float* origins, SlidingWindow window, int channels, int batch, int start, int end)
        : IVectorWork
    {
        private readonly WindowRanges _ranges = new(window);

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector>
        {
            // Copied, since the compiler cannot know that what is stored does not change them.
            int pixelFloats = channels;
            nint rowFloats = (nint)window.Width * channels;
            nint rowStep = rowFloats * window.DilationHeight;
            nint pixelStep = (nint)pixelFloats * window.DilationWidth;
            int height = window.OutputHeight;
            int width = window.OutputWidth;
            nint lineFloats = (nint)width * pixelFloats;
            nint imageFloats = (nint)window.Pixels * channels;
            float* lastLoad = input + (batch * imageFloats) - TVector.Count;
            (int image, int row) = Math.DivRem(start, height);
            for (int line = start; line < end; line++)
            {
                (int firstRow, int lastRow) = _ranges.RowsUnder(row);
                nint top = (row * window.StrideHeight) - window.PaddingTop + (firstRow * window.DilationHeight);
                float* pixels = input + (image * imageFloats) + (top * rowFloats);
                float* result = output + (line * lineFloats);
                float* origin = origins is null ? null : origins + (line * lineFloats);
                float* lastStore = result + lineFloats - TVector.Count;
                for (int column = 0; column < width; column++)
                {
                    (int firstColumn, int lastColumn) = _ranges.ColumnsUnder(column);
                    nint left = (column * window.StrideWidth) - window.PaddingLeft
                        + (firstColumn * window.DilationWidth);
                    int tap = (firstRow * window.KernelWidth) + firstColumn;
                    for (int channel = 0; channel < pixelFloats; channel += TVector.Count)
                    {
                        Largest<TVector>(
                            pixels + (left * pixelFloats) + channel, pixelStep, rowStep, lastRow - firstRow,
                            lastColumn - firstColumn, tap, Math.Min(TVector.Count, pixelFloats - channel), lastLoad,
                            result + channel, lastStore,
                            origin is null ? null : origin + channel);
                    }

                    result += pixelFloats;
                    origin = origin is null ? null : origin + pixelFloats;
                }

                if (++row == height)
                {
                    image++;
                    row = 0;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Largest<TVector>(
            float* pixels, nint pixelStep, nint rowStep, int rows, int columns, int firstTap, int count,
            float* lastLoad, float* result, float* lastStore, float* origins)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector best = Load<TVector>(pixels, count, lastLoad);
            TVector origin = TVector.Broadcast(firstTap);
            for (int row = 0; row < rows; row++)
            {
                float* pixel = pixels;
                for (int column = 0; column < columns; column++)
                {
                    TVector value = Load<TVector>(pixel, count, lastLoad);
                    if (origins is not null)
                    {
                        // A NaN is taken as the largest, and nothing is larger than it.
                        TVector here = TVector.Broadcast(firstTap + column);
                        origin = TVector.ConditionalSelect(TVector.GreaterThan(value, best), here, origin);
                        origin = TVector.ConditionalSelect(TVector.EqualTo(value, value), origin, here);
                    }

                    best = VectorMath.MaxOrNaN(value, best);
                    pixel += pixelStep;
                }

                firstTap += window.KernelWidth;
                pixels += rowStep;
            }

            int stored = result <= lastStore ? TVector.Count : count;
            Operand.Store(best, result, stored);
            if (origins is not null)
            {
                Operand.Store(origin, origins, stored);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Load<TVector>(float* pixel, int count, float* lastLoad)
            where TVector : struct, ISimdVector<TVector> =>
            Operand.Load<TVector>(pixel, pixel <= lastLoad ? TVector.Count : count);
    }
}
