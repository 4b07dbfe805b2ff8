using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>
/// A strip holds what the windows of one result row see: [columns, row taps, channels], zero over the border. The windows of
/// neighbouring pixels overlap in it, so that it is smaller than their patches by the kernel's width, and each window is one
/// contiguous run.
/// </summary>
internal static unsafe class Strip
{
    /// <summary>Writes a strip.</summary>
    /// <param name="image">The first pixel of the source image, at the first channel that is wanted.</param>
    /// <param name="height">The image's height.</param>
    /// <param name="width">The image's width.</param>
    /// <param name="pixelStride">The distance between two pixels.</param>
    /// <param name="channels">The number of channels to copy.</param>
    /// <param name="rows">The taps along the rows.</param>
    /// <param name="row">The result's row among those of its phase.</param>
    /// <param name="firstColumn">The source column of the strip's first column.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="strip">[columns, rows.Count, channels].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Write<TVector>(
        float* image, int height, int width, nint pixelStride, int channels,
        AxisTaps rows, int row, int firstColumn, int columns, float* strip)
        where TVector : struct, ISimdVector<TVector>
    {
        nint step = (nint)rows.Count * channels;
        int start = Math.Clamp(-firstColumn, 0, columns);
        int end = Math.Clamp(width - firstColumn, start, columns);
        for (int tap = 0; tap < rows.Count; tap++)
        {
            int y = (row * rows.Stride) + rows.SourceStart + (tap * rows.SourceStep);
            float* to = strip + ((nint)tap * channels);
            if ((uint)y >= (uint)height)
            {
                Clear(to, step, channels, 0, columns);
                continue;
            }

            Clear(to, step, channels, 0, start);
            Clear(to, step, channels, end, columns);
            float* from = image + ((((nint)y * width) + firstColumn + start) * pixelStride);
            to += start * step;
            if (channels == 1)
            {
                for (int column = start; column < end; column++)
                {
                    *to = *from;
                    to += step;
                    from += pixelStride;
                }

                continue;
            }

            for (int column = start; column < end; column++)
            {
                int channel = 0;
                for (; channel <= channels - TVector.Count; channel += TVector.Count)
                {
                    TVector.Load(from + channel).Store(to + channel);
                }

                if (channel < channels)
                {
                    TVector.LoadPartial(from + channel, channels - channel).StorePartial(to + channel, channels - channel);
                }

                to += step;
                from += pixelStride;
            }
        }
    }

    private static void Clear(float* strip, nint step, int channels, int start, int end)
    {
        for (int column = start; column < end; column++)
        {
            new Span<float>(strip + (column * step), channels).Clear();
        }
    }
}
