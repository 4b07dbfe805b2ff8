namespace ModelDsl.Kernels;

/// <summary>The softmax of each row of a matrix.</summary>
public static class Softmax
{
    /// <summary>destination[r, c] = e^(source[r, c] - max) / Σ e^(source[r, ·] - max), row by row.</summary>
    /// <param name="source">[rows, columns].</param>
    /// <param name="destination">[rows, columns]; may be the source.</param>
    /// <param name="rows">The number of rows; with 0 nothing is done.</param>
    /// <param name="columns">The number of columns; with 0 nothing is done.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Forward(FloatSpan source, FloatSpan destination, int rows, int columns)
    {
        Guard.Matrix(source, rows, columns);
        Guard.Matrix(destination, rows, columns);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> x = source.Slice(row * columns, columns);
            Span<float> y = destination.Slice(row * columns, columns);
            float max = float.NegativeInfinity;
            foreach (float value in x)
            {
                max = MathF.Max(max, value);
            }

            float sum = 0f;
            for (int i = 0; i < columns; i++)
            {
                y[i] = MathF.Exp(x[i] - max);
                sum += y[i];
            }

            float scale = 1f / sum;
            for (int i = 0; i < columns; i++)
            {
                y[i] *= scale;
            }
        }
    }

    /// <summary>
    /// inputGradient[r, c] = output[r, c] · (outputGradient[r, c] - Σ output[r, ·]·outputGradient[r, ·]), row by row.
    /// </summary>
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
            float dot = 0f;
            for (int i = 0; i < columns; i++)
            {
                dot += y[i] * gradient[i];
            }

            for (int i = 0; i < columns; i++)
            {
                result[i] = y[i] * (gradient[i] - dot);
            }
        }
    }
}
