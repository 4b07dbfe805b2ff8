namespace ModelDsl.Kernels;

/// <summary>
/// The gradient of maxima over windows that lie side by side: each pixel lies in one window at most, and its gradient
/// is the window's if the maximum came from it, else 0.
/// </summary>
/// <remarks>
/// Vectors of channels. What of the last one lies beyond the channels belongs to the next pixel of the line, which is
/// written after it: only at the end of a line is a part of a vector written.
/// </remarks>
internal readonly unsafe struct SideBySidePooling(
    float* gradient, float* origins, float* result, SlidingWindow window, int channels) : IVectorWork
{
    /// <summary>Whether windows lie side by side, from the image's first pixel on.</summary>
    public static bool Suits(SlidingWindow window) =>
        window.StrideHeight == window.KernelHeight && window.StrideWidth == window.KernelWidth
        && (window.PaddingTop | window.PaddingLeft) == 0 && window is { DilationHeight: 1, DilationWidth: 1 };

    /// <summary>Computes the gradient of one image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>()
        where TVector : struct, ISimdVector<TVector>
    {
        // Copied, since the compiler cannot know that what is stored does not change them.
        int pixelFloats = channels;
        int width = window.OutputWidth;
        int covered = Math.Min(window.Width, width * window.StrideWidth);
        int coveredRows = Math.Min(window.Height, window.OutputHeight * window.StrideHeight);
        nint outputFloats = (nint)width * pixelFloats;
        float* lastLoad = gradient + (window.OutputHeight * outputFloats) - TVector.Count;
        for (int row = 0; row < coveredRows; row++)
        {
            (int outputRow, int tapRow) = Math.DivRem(row, window.KernelHeight);
            float* from = gradient + (outputRow * outputFloats);
            float* origin = origins + (outputRow * outputFloats);
            float* to = result + ((nint)row * window.Width * pixelFloats);
            float* lastStore = to + ((nint)covered * pixelFloats) - TVector.Count;
            int firstTap = tapRow * window.KernelWidth;
            int pixels = covered;
            for (int column = 0; column < width; column++)
            {
                int taps = Math.Min(window.KernelWidth, pixels);
                pixels -= taps;
                if (pixelFloats <= TVector.Count)
                {
                    int loaded = from <= lastLoad ? TVector.Count : pixelFloats;
                    TVector values = Operand.Load<TVector>(from, loaded);
                    TVector places = Operand.Load<TVector>(origin, loaded);
                    for (int tap = firstTap; tap < firstTap + taps; tap++)
                    {
                        Of(values, places, tap, to, to <= lastStore ? TVector.Count : pixelFloats);
                        to += pixelFloats;
                    }
                }
                else
                {
                    for (int tap = firstTap; tap < firstTap + taps; tap++)
                    {
                        OfPixel<TVector>(from, origin, tap, to, pixelFloats);
                        to += pixelFloats;
                    }
                }

                from += pixelFloats;
                origin += pixelFloats;
            }

            new Span<float>(to, (window.Width - covered) * pixelFloats).Clear();
        }

        int covers = coveredRows * window.Width * channels;
        new Span<float>(result + covers, (window.Pixels * channels) - covers).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OfPixel<TVector>(float* from, float* origin, int tap, float* to, int channels)
        where TVector : struct, ISimdVector<TVector>
    {
        for (int channel = 0; channel < channels; channel += TVector.Count)
        {
            int count = Math.Min(TVector.Count, channels - channel);
            TVector values = Operand.Load<TVector>(from + channel, count);
            TVector places = Operand.Load<TVector>(origin + channel, count);
            Of(values, places, tap, to + channel, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Of<TVector>(TVector values, TVector places, int tap, float* to, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector isHere = TVector.EqualTo(places, TVector.Broadcast(tap));
        Operand.Store(TVector.ConditionalSelect(isHere, values, TVector.Zero), to, count);
    }
}
