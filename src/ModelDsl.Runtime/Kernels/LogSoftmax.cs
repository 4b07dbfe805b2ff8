using System.Numerics.Tensors;

namespace ModelDsl.Kernels;

/// <summary>The logarithm of the softmax of each row of a matrix.</summary>
/// <remarks>Limited by the exponential.</remarks>
public static class LogSoftmax
{
    /// <summary>destination[r, c] = source[r, c] - max - log Σ e^(source[r, ·] - max), row by row.</summary>
    /// <param name="source">[rows, columns].</param>
    /// <param name="destination">[rows, columns]; may be the source.</param>
    /// <param name="rows">The number of rows; with 0 nothing is done.</param>
    /// <param name="columns">The number of columns; with 0 nothing is done.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Forward(FloatSpan source, FloatSpan destination, int rows, int columns)
    {
        Guard.Matrix(source, rows, columns);
        Guard.Matrix(destination, rows, columns);
        for (int row = 0; row < rows && columns > 0; row++)
        {
            ReadOnlySpan<float> x = source.Slice(row * columns, columns);
            float max = TensorPrimitives.Max(x);
            double sum = 0;
            foreach (float value in x)
            {
                sum += MathF.Exp(value - max);
            }

            TensorPrimitives.Subtract(x, max + (float)Math.Log(sum), destination.Slice(row * columns, columns));
        }
    }

    /// <summary>inputGradient[r, c] = outputGradient[r, c] - e^output[r, c] · Σ outputGradient[r, ·], row by row.</summary>
    /// <param name="output">What <see cref="Forward"/> has given: [rows, columns].</param>
    /// <param name="outputGradient">The loss's gradient with respect to it: [rows, columns].</param>
    /// <param name="inputGradient">[rows, columns]; may be the output's gradient.</param>
    /// <param name="rows">The number of rows; with 0 nothing is done.</param>
    /// <param name="columns">The number of columns; with 0 nothing is done.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Backward(
        FloatSpan output, FloatSpan outputGradient, FloatSpan inputGradient, int rows, int columns)
    {
        Guard.Matrix(output, rows, columns);
        Guard.Matrix(outputGradient, rows, columns);
        Guard.Matrix(inputGradient, rows, columns);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> y = output.Slice(row * columns, columns);
            ReadOnlySpan<float> gradient = outputGradient.Slice(row * columns, columns);
            Span<float> result = inputGradient.Slice(row * columns, columns);
            float sum = TensorPrimitives.Sum(gradient);
            for (int i = 0; i < columns; i++)
            {
                result[i] = gradient[i] - (MathF.Exp(y[i]) * sum);
            }
        }
    }
}
