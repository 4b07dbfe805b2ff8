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
/// Learners" (2021), call ghost clipping. For several rows the terms may cancel, so the sums are in double precision: a
/// norm that is too small would clip too little. Limited by the conversions.
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
            double* memory = (double*)Scratch.Get(2L * rows * (outputs + inputs));
            Span<double> left = new(memory, rows * outputs);
            Span<double> right = new(memory + (rows * outputs), rows * inputs);
            TensorPrimitives.ConvertTruncating(dy, left);
            TensorPrimitives.ConvertTruncating(x, right);
            double sum = 0;
            for (int s = 0; s < rows; s++)
            {
                for (int t = 0; t <= s; t++)
                {
                    double ofInputs = Dot(right, s, t, inputs) + (bias ? 1 : 0);
                    double product = ofInputs * Dot(left, s, t, outputs);
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
