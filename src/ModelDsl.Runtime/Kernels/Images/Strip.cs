namespace ModelDsl.Kernels;

/// <summary>
/// A strip holds what the windows of one result row see: [columns, row taps, channels], zero over the border. The windows of
/// neighbouring pixels overlap in it, so that it is smaller than their patches by the kernel's width, and each window is one
/// contiguous run.
/// </summary>
internal static unsafe class Strip
{
    /// <summary>The most kernel rows for which narrow pixels are written in their order.</summary>
    private const int MaxTaps = 16;

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
        if (channels > 1 && channels < TVector.Count && rows.Count <= MaxTaps)
        {
            WriteNarrow<TVector>(image, height, width, pixelStride, channels, rows, row, firstColumn, columns, start, end, strip);
            return;
        }

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

    /// <summary>
    /// Writes a strip of fewer channels than lanes in its order, so that each vector may be stored as a whole: what follows the
    /// channels is overwritten by the next one. Only those at the end are stored as parts.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void WriteNarrow<TVector>(
        float* image, int height, int width, nint pixelStride, int channels,
        AxisTaps rows, int row, int firstColumn, int columns, int start, int end, float* strip)
        where TVector : struct, ISimdVector<TVector>
    {
        int taps = rows.Count;
        float** from = stackalloc float*[MaxTaps];
        for (int tap = 0; tap < taps; tap++)
        {
            int y = (row * rows.Stride) + rows.SourceStart + (tap * rows.SourceStep);
            from[tap] = (uint)y < (uint)height ? image + ((((nint)y * width) + firstColumn) * pixelStride) : null;
        }

        int whole = (columns * taps) - ((TVector.Count + channels - 1) / channels);
        int written = 0;
        for (int column = 0; column < columns; column++)
        {
            bool isInside = column >= start && column < end;
            for (int tap = 0; tap < taps; tap++)
            {
                TVector value = isInside && from[tap] is not null
                    ? TVector.LoadPartial(from[tap] + (column * pixelStride), channels)
                    : TVector.Zero;
                if (written <= whole)
                {
                    value.Store(strip);
                }
                else
                {
                    value.StorePartial(strip, channels);
                }

                strip += channels;
                written++;
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
