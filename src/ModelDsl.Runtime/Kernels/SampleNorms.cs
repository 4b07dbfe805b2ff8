using System.Numerics.Tensors;

namespace ModelDsl.CompilerServices;

/// <summary>
/// The squared norm of each sample's gradient of a weight, without the gradient itself where the layer is linear, and
/// what clips the gradients to a norm.
/// </summary>
/// <remarks>
/// The gradient of a linear layer's weight is Σ ∂y_t·x_tᵀ over the rows t of a sample, so its squared norm is
/// Σ (x_s·x_t)·(∂y_s·∂y_t) over all pairs of rows: |x|²·|∂y|² for one row (Goodfellow, "Efficient Per-Example Gradient
/// Computations", 2015), and for several what Li et al., "Large Language Models Can Be Strong Differentially Private
/// Learners" (2021), call ghost clipping. A convolution is a linear layer whose rows are the patches under its pixels
/// (Bu et al., "Scalable and Efficient Training of Large Convolutional Neural Networks with Differential Privacy",
/// 2022). For several rows the terms may cancel, so the sums are in double precision: a norm that is too small would
/// clip too little. Limited by the conversions.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class SampleNorms
{
    // The products that pay for a thread's hand-over.
    private const long PerThread = 1 << 15;

    /// <summary>squares[i] += the squared norm of sample i's gradient of a weight, and of a bias, of a linear
    /// layer.</summary>
    /// <param name="outputGradient">∂y: [batch, rows, outputs].</param>
    /// <param name="input">x: [batch, rows, inputs].</param>
    /// <param name="squares">[batch].</param>
    /// <param name="batch">The number of samples; with 0 nothing is done.</param>
    /// <param name="rows">The number of rows of a sample.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="bias">Whether the layer has a bias.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void AddLinear(
        FloatSpan outputGradient, FloatSpan input, FloatSpan squares,
        int batch, int rows, int outputs, int inputs, bool bias = false)
    {
        Guard.Blocks(outputGradient, batch, rows, outputs);
        Guard.Blocks(input, batch, rows, inputs);
        Guard.Vector(squares, batch);
        var work = new LinearWork(outputGradient, input, squares, rows, outputs, inputs, bias);
        long products = Math.Max(1, (long)rows * rows * (outputs + inputs));
        RangeLoop<LinearWork>.Run(work, batch, grain: 1, (int)Math.Max(1, PerThread / products));
    }

    /// <summary>squares[i] += the squared norm of sample i's gradient of a weight, and of a bias, of a
    /// convolution.</summary>
    /// <param name="outputGradient">∂y: [batch, window.OutputHeight, window.OutputWidth, outputs].</param>
    /// <param name="input">x: [batch, window.Height, window.Width, channels].</param>
    /// <param name="squares">[batch].</param>
    /// <param name="batch">The number of samples; with 0 nothing is done.</param>
    /// <param name="window">How the kernel slides over an image.</param>
    /// <param name="channels">The number of channels of an image.</param>
    /// <param name="outputs">The number of channels of the result.</param>
    /// <param name="groups">Into how many groups both are divided; an output sees the channels of its group.</param>
    /// <param name="bias">Whether the layer has a bias.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the geometry is none.</exception>
    public static void AddConvolution(
        FloatSpan outputGradient, FloatSpan input, FloatSpan squares, int batch,
        SlidingWindow window, int channels, int outputs, int groups, bool bias = false)
    {
        var shape = new ConvolutionShape(window, channels, outputs, groups);
        shape.Check();
        Guard.Blocks(outputGradient, batch, window.OutputPixels, outputs);
        Guard.Blocks(input, batch, window.Pixels, channels);
        Guard.Vector(squares, batch);
        var work = new ConvolutionWork(outputGradient, input, squares, shape, bias);
        double pairs = (double)window.OutputPixels * window.OutputPixels;
        double products = pairs * (outputs + ((double)groups * shape.PatchLength));
        RangeLoop<ConvolutionWork>.Run(work, batch, grain: 1, (int)Math.Max(1, PerThread / products));
    }

    /// <summary>squares[0] += Σ gradient².</summary>
    /// <param name="gradient">A gradient of one sample.</param>
    /// <param name="squares">One number.</param>
    /// <exception cref="ArgumentException">There is no number.</exception>
    public static void AddSquares(FloatSpan gradient, FloatSpan squares)
    {
        Guard.Vector(squares, 1);
        squares[0] = (float)(squares[0] + SquareSum.Of(gradient));
    }

    /// <summary>factors[i] = min(1, maxNorm / √squares[i]).</summary>
    /// <param name="squares">The squared norms: [batch].</param>
    /// <param name="factors">What the gradients are to be multiplied by: [batch].</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="maxNorm">The largest norm.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void ClipFactors(FloatSpan squares, FloatSpan factors, int batch, float maxNorm)
    {
        Guard.Vector(squares, batch);
        Guard.Vector(factors, batch);
        for (int i = 0; i < batch; i++)
        {
            factors[i] = ClipFactor(Math.Sqrt(squares[i]), maxNorm);
        }
    }

    /// <summary>min(1, maxNorm / norm): what a gradient is multiplied by to have at most a norm; NaN for NaN.</summary>
    internal static float ClipFactor(double norm, float maxNorm) => (float)Math.Min(1.0, maxNorm / norm);

    private readonly struct LinearWork(
        FloatSpan outputGradient, FloatSpan input, FloatSpan squares, int rows, int outputs, int inputs, bool bias)
        : IRangeKernel
    {
        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            for (int sample = start; sample < end; sample++)
            {
                Span<float> dy = outputGradient.Slice(sample * rows * outputs, rows * outputs);
                Span<float> x = input.Slice(sample * rows * inputs, rows * inputs);
                double square = rows == 1
                    ? SquareSum.Of(dy) * (SquareSum.Of(x) + (bias ? 1 : 0))
                    : OfRows(dy, x);
                squares[sample] = (float)(squares[sample] + square);
            }
        }

        private double OfRows(ReadOnlySpan<float> dy, ReadOnlySpan<float> x)
        {
            var matrices = new RowPairs(rows, outputs, inputs);
            TensorPrimitives.ConvertTruncating(dy, matrices.Left);
            TensorPrimitives.ConvertTruncating(x, matrices.Right);
            return matrices.Square(bias);
        }
    }

    private readonly struct ConvolutionWork(
        FloatSpan outputGradient, FloatSpan input, FloatSpan squares, ConvolutionShape shape, bool bias)
        : IRangeKernel
    {
        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            SlidingWindow window = shape.Window;
            int gradients = window.OutputPixels * shape.Outputs;
            int values = window.Pixels * shape.Channels;
            for (int sample = start; sample < end; sample++)
            {
                double square = 0;
                for (int group = 0; group < shape.Groups; group++)
                {
                    var matrices = new RowPairs(window.OutputPixels, shape.GroupOutputs, shape.PatchLength);
                    CopyGroup(outputGradient.Slice(sample * gradients, gradients), group, matrices.Left);
                    CopyPatches(input.Slice(sample * values, values), group, matrices.Right);
                    square += matrices.Square(bias);
                }

                squares[sample] = (float)(squares[sample] + square);
            }
        }

        private void CopyGroup(ReadOnlySpan<float> gradient, int group, Span<double> rows)
        {
            int outputs = shape.GroupOutputs;
            for (int pixel = 0; pixel < shape.Window.OutputPixels; pixel++)
            {
                TensorPrimitives.ConvertTruncating(
                    gradient.Slice((pixel * shape.Outputs) + (group * outputs), outputs), rows[(pixel * outputs)..]);
            }
        }

        private void CopyPatches(ReadOnlySpan<float> image, int group, Span<double> rows)
        {
            SlidingWindow window = shape.Window;
            int channels = shape.GroupChannels;
            for (int tap = 0, to = 0; tap < window.OutputPixels * window.Taps; tap++, to += channels)
            {
                (int pixel, int place) = Math.DivRem(tap, window.Taps);
                (int outputRow, int outputColumn) = Math.DivRem(pixel, window.OutputWidth);
                (int kernelRow, int kernelColumn) = Math.DivRem(place, window.KernelWidth);
                int row = (outputRow * window.StrideHeight) + (kernelRow * window.DilationHeight) - window.PaddingTop;
                int column =
                    (outputColumn * window.StrideWidth) + (kernelColumn * window.DilationWidth) - window.PaddingLeft;
                Span<double> destination = rows.Slice(to, channels);
                if ((uint)row < (uint)window.Height && (uint)column < (uint)window.Width)
                {
                    int from = (((row * window.Width) + column) * shape.Channels) + (group * channels);
                    TensorPrimitives.ConvertTruncating(image.Slice(from, channels), destination);
                }
                else
                {
                    destination.Clear();
                }
            }
        }
    }

    /// <summary>
    /// The rows of ∂y and of x in double precision, in memory that the thread's next call may overwrite.
    /// </summary>
    private readonly ref struct RowPairs
    {
        private readonly int _rows;
        private readonly int _outputs;
        private readonly int _inputs;

        public RowPairs(int rows, int outputs, int inputs)
        {
            (_rows, _outputs, _inputs) = (rows, outputs, inputs);
            double* memory = (double*)Scratch.Get(2L * rows * ((long)outputs + inputs));
            Left = new Span<double>(memory, checked(rows * outputs));
            Right = new Span<double>(memory + ((nint)rows * outputs), checked(rows * inputs));
        }

        /// <summary>∂y: [rows, outputs].</summary>
        public Span<double> Left { get; }

        /// <summary>x: [rows, inputs].</summary>
        public Span<double> Right { get; }

        /// <summary>Σ (x_s·x_t)·(∂y_s·∂y_t), with one more column of ones in x where there is a bias.</summary>
        public double Square(bool bias)
        {
            double sum = 0;
            for (int s = 0; s < _rows; s++)
            {
                for (int t = 0; t <= s; t++)
                {
                    double ofInputs = Dot(Right, s, t, _inputs) + (bias ? 1 : 0);
                    double product = ofInputs * Dot(Left, s, t, _outputs);
                    sum += s == t ? product : 2 * product;
                }
            }

            // Rounding may leave less than nothing of terms that cancel.
            return double.IsNaN(sum) ? sum : Math.Max(0, sum);
        }

        private static double Dot(ReadOnlySpan<double> matrix, int s, int t, int columns) =>
            TensorPrimitives.Dot(matrix.Slice(s * columns, columns), matrix.Slice(t * columns, columns));
    }
}
