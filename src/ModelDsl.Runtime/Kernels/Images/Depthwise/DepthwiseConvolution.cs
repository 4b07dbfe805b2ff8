namespace ModelDsl.Kernels;

/// <summary>output[n, h, w, c] = Σ image[pixel i, j of the window, c] · weight[c, i, j], channel by channel.</summary>
/// <remarks>The weight is turned first, so that both operands are read in vectors of channels.</remarks>
internal static unsafe class DepthwiseConvolution
{
    public static void Forward<TEpilogue>(
        FloatSpan input, FloatSpan weight, PackedFilters? packed, FloatSpan output, int batch, SlidingWindow window,
        int channels, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue =>
        Run(
            input, weight, packed is null ? null : packed.Filters, output, batch, window, channels, isTransposed: false,
            epilogue);

    /// <summary>The weight in the order in which the sums read it.</summary>
    public static AlignedMemory? Pack(FloatSpan weight, SlidingWindow window, int channels)
    {
        var packing = new FilterPacking<DepthwiseLines>(new DepthwiseLines(
            default, weight, default, batch: 1, window, channels, isTransposed: false, epilogue: default));
        VectorWidth.RunAround(channels, ref packing);
        return packing.Packed;
    }

    public static void InputGradient<TEpilogue>(
        FloatSpan gradient, FloatSpan weight, FloatSpan result, int batch, SlidingWindow window, int channels, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue =>
        Run(gradient, weight, null, result, batch, window, channels, isTransposed: true, epilogue);

    public static void WeightGradient(
        FloatSpan gradient, FloatSpan input, FloatSpan weightGradient, int batch, SlidingWindow window, int channels, bool accumulate)
    {
        int length = window.Taps * channels;
        int lines = batch * window.OutputHeight;
        int blocks = DepthwiseWeightLines.Blocks(lines);
        FloatSpan sums = SharedScratch.Get(checked((blocks + 1) * length));
        var work = new DepthwiseWeightLines(gradient, input, sums, window, channels, lines);
        LineWork.Run(blocks, (long)lines * window.OutputWidth * length, ref work);
        Span<float> total = sums.Slice(blocks * length, length);
        total.Clear();
        if (accumulate)
        {
            TurnToTaps(weightGradient, total, window.Taps, channels);
        }

        int together = DepthwiseWeightLines.BlocksTogether(window.OutputHeight);
        ElementwiseRun.Apply(total, new SumPartsRun(sums.Pointer, blocks, together, length));
        for (int channel = 0; channel < channels; channel++)
        {
            for (int tap = 0; tap < window.Taps; tap++)
            {
                weightGradient[(channel * window.Taps) + tap] = total[(tap * channels) + channel];
            }
        }
    }

    /// <summary>[channels, taps] as [taps, channels].</summary>
    private static void TurnToTaps(FloatSpan weight, Span<float> turned, int taps, int channels)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                turned[(tap * channels) + channel] = weight[(channel * taps) + tap];
            }
        }
    }

    private static void Run<TEpilogue>(
        FloatSpan source, FloatSpan weight, float* packed, FloatSpan result, int batch, SlidingWindow window,
        int channels, bool isTransposed, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        if (batch == 0)
        {
            return;
        }

        var lines = new DepthwiseLines(
            source, weight, result, batch, window, channels, isTransposed, EpilogueBlock.Of(ref epilogue), packed);
        VectorWidth.RunAround(channels, ref lines);
    }
}
