using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>output[n, h, w, c] = Σ image[pixel i, j of the window, c] · weight[c, i, j], channel by channel.</summary>
/// <remarks>
/// A vector of channels is summed over the window in a register. The weight is turned into [taps, channels] first, so that
/// both operands are read in vectors. Limited by loads: two for each multiply-add.
/// </remarks>
internal static unsafe class DepthwiseConvolution
{
    /// <summary>Lines whose weight gradients are summed by themselves before all are added, in their order.</summary>
    private const int BlockLines = 16;

    public static void Forward<TEpilogue>(
        FloatSpan input, FloatSpan weight, FloatSpan output, int batch, SlidingWindow window, int channels, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        FloatSpan turned = SharedScratch.Get(window.Taps * channels);
        Turn(weight, turned, channels, window.Taps);
        var work = new ForwardWork<TEpilogue>(input.Pointer, turned.Pointer, output.Pointer, window, channels, epilogue);
        LineWork.Run(batch * window.OutputHeight, (long)batch * window.OutputPixels * channels * window.Taps, ref work);
    }

    public static void InputGradient<TEpilogue>(
        FloatSpan gradient, FloatSpan weight, FloatSpan result, int batch, SlidingWindow window, int channels, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        FloatSpan turned = SharedScratch.Get(window.Taps * channels);
        Turn(weight, turned, channels, window.Taps);
        var work = new GradientWork<TEpilogue>(gradient.Pointer, turned.Pointer, result.Pointer, window, channels, epilogue);
        LineWork.Run(batch * window.Height, (long)batch * window.OutputPixels * channels * window.Taps, ref work);
    }

    public static void WeightGradient(
        FloatSpan gradient, FloatSpan input, FloatSpan weightGradient, int batch, SlidingWindow window, int channels, bool accumulate)
    {
        int length = window.Taps * channels;
        int lines = batch * window.OutputHeight;
        int blocks = (lines + BlockLines - 1) / BlockLines;
        FloatSpan sums = SharedScratch.Get(checked((blocks + 1) * length));
        var work = new WeightWork(gradient.Pointer, input.Pointer, sums.Pointer, window, channels, lines);
        LineWork.Run(blocks, (long)lines * window.OutputWidth * length, ref work);
        Span<float> total = sums.Slice(blocks * length, length);
        total.Clear();
        for (int block = 0; block < blocks; block++)
        {
            ElementwiseRun.Apply(total, new AddRun(sums.Slice(block * length, length)));
        }

        for (int channel = 0; channel < channels; channel++)
        {
            for (int tap = 0; tap < window.Taps; tap++)
            {
                ref float result = ref weightGradient[(channel * window.Taps) + tap];
                result = (accumulate ? result : 0f) + total[(tap * channels) + channel];
            }
        }
    }

    private static void Turn(FloatSpan weight, FloatSpan turned, int channels, int taps)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                turned[(tap * channels) + channel] = weight[(channel * taps) + tap];
            }
        }
    }

    private readonly struct ForwardWork<TEpilogue>(
        float* input, float* weight, float* output, SlidingWindow window, int channels, TEpilogue epilogue) : ILineWork
        where TEpilogue : struct, IEpilogue
    {
        private readonly TEpilogue _epilogue = epilogue;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke(int start, int end)
        {
            int columns = window.OutputWidth;
            for (int line = start; line < end; line++)
            {
                (int image, int row) = Math.DivRem(line, window.OutputHeight);
                float* pixels = input + ((nint)image * window.Pixels * channels);
                for (int column = 0; column < columns; column++)
                {
                    int pixel = (line * columns) + column;
                    var values = new Span<float>(output + ((nint)pixel * channels), channels);
                    ElementwiseRun.Apply(values, new WindowSum(pixels, weight, window, channels, row, column));
                    _epilogue.Invoke(values, pixel, 0);
                }
            }
        }
    }

    private readonly struct WindowSum(float* image, float* weight, SlidingWindow window, int channels, int row, int column)
        : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector sum = TVector.Zero;
            int left = (column * window.StrideWidth) - window.PaddingLeft;
            for (int i = 0; i < window.KernelHeight; i++)
            {
                int y = (row * window.StrideHeight) + (i * window.DilationHeight) - window.PaddingTop;
                if ((uint)y >= (uint)window.Height)
                {
                    continue;
                }

                for (int j = 0; j < window.KernelWidth; j++)
                {
                    int x = left + (j * window.DilationWidth);
                    if ((uint)x < (uint)window.Width)
                    {
                        nint pixel = ((nint)y * window.Width) + x;
                        nint tap = (i * window.KernelWidth) + j;
                        TVector value = Operand.Load<TVector>(image + (pixel * channels) + index, count);
                        TVector factor = Operand.Load<TVector>(weight + (tap * channels) + index, count);
                        sum = TVector.MultiplyAdd(value, factor, sum);
                    }
                }
            }

            return sum;
        }
    }

    private readonly struct GradientWork<TEpilogue>(
        float* gradient, float* weight, float* result, SlidingWindow window, int channels, TEpilogue epilogue) : ILineWork
        where TEpilogue : struct, IEpilogue
    {
        private readonly TEpilogue _epilogue = epilogue;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke(int start, int end)
        {
            for (int line = start; line < end; line++)
            {
                (int image, int row) = Math.DivRem(line, window.Height);
                float* windows = gradient + ((nint)image * window.OutputPixels * channels);
                for (int column = 0; column < window.Width; column++)
                {
                    int pixel = (line * window.Width) + column;
                    var values = new Span<float>(result + ((nint)pixel * channels), channels);
                    ElementwiseRun.Apply(values, new CoveringSum(windows, weight, window, channels, row, column));
                    _epilogue.Invoke(values, pixel, 0);
                }
            }
        }
    }

    private readonly struct CoveringSum(float* gradient, float* weight, SlidingWindow window, int channels, int row, int column)
        : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector sum = TVector.Zero;
            int outputHeight = window.OutputHeight;
            int outputWidth = window.OutputWidth;
            for (int i = 0; i < window.KernelHeight; i++)
            {
                (int y, int rowRest) = Math.DivRem(row + window.PaddingTop - (i * window.DilationHeight), window.StrideHeight);
                if (rowRest != 0 || (uint)y >= (uint)outputHeight)
                {
                    continue;
                }

                for (int j = 0; j < window.KernelWidth; j++)
                {
                    (int x, int columnRest) = Math.DivRem(column + window.PaddingLeft - (j * window.DilationWidth), window.StrideWidth);
                    if (columnRest == 0 && (uint)x < (uint)outputWidth)
                    {
                        nint pixel = ((nint)y * outputWidth) + x;
                        nint tap = (i * window.KernelWidth) + j;
                        TVector value = Operand.Load<TVector>(gradient + (pixel * channels) + index, count);
                        TVector factor = Operand.Load<TVector>(weight + (tap * channels) + index, count);
                        sum = TVector.MultiplyAdd(value, factor, sum);
                    }
                }
            }

            return sum;
        }
    }

    private readonly struct WeightWork(
        float* gradient, float* input, float* sums, SlidingWindow window, int channels, int lines) : ILineWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke(int start, int end)
        {
            for (int block = start; block < end; block++)
            {
                float* to = sums + ((nint)block * window.Taps * channels);
                new Span<float>(to, window.Taps * channels).Clear();
                for (int line = block * BlockLines; line < Math.Min(lines, (block + 1) * BlockLines); line++)
                {
                    AddLine(line, to);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private void AddLine(int line, float* to)
        {
            (int image, int row) = Math.DivRem(line, window.OutputHeight);
            for (int tap = 0; tap < window.Taps; tap++)
            {
                (int i, int j) = Math.DivRem(tap, window.KernelWidth);
                int y = (row * window.StrideHeight) + (i * window.DilationHeight) - window.PaddingTop;
                if ((uint)y < (uint)window.Height)
                {
                    int left = (j * window.DilationWidth) - window.PaddingLeft;
                    float* pixels = input + ((((nint)image * window.Height) + y) * window.Width * channels);
                    float* windows = gradient + ((nint)line * window.OutputWidth * channels);
                    ElementwiseRun.Apply(
                        new Span<float>(to + ((nint)tap * channels), channels),
                        new TapSum(windows, pixels, window, channels, left));
                }
            }
        }
    }

    private readonly struct TapSum(float* gradient, float* pixels, SlidingWindow window, int channels, int left) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector>
        {
            for (int column = 0; column < window.OutputWidth; column++)
            {
                int x = (column * window.StrideWidth) + left;
                if ((uint)x < (uint)window.Width)
                {
                    values = TVector.MultiplyAdd(
                        Operand.Load<TVector>(gradient + ((nint)column * channels) + index, count),
                        Operand.Load<TVector>(pixels + ((nint)x * channels) + index, count),
                        values);
                }
            }

            return values;
        }
    }
}
