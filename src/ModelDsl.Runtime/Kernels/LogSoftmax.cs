using ModelDsl.Threading;

namespace ModelDsl.Kernels;

/// <summary>The logarithm of the softmax of each row of a matrix.</summary>
/// <remarks>Limited by the exponential.</remarks>
public static unsafe class LogSoftmax
{
    /// <summary>The elements that pay for a thread's hand-over.</summary>
    private const int PerThread = 1 << 14;

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
        if (columns > 0)
        {
            var kernel = new LogSoftmaxForwardKernel(source.Pointer, destination.Pointer, columns);
            RangeLoop<LogSoftmaxForwardKernel>.Run(kernel, rows, grain: 1, PerThread / columns);
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
        if (columns > 0)
        {
            var kernel = new LogSoftmaxBackwardKernel(
                output.Pointer, outputGradient.Pointer, inputGradient.Pointer, columns);
            RangeLoop<LogSoftmaxBackwardKernel>.Run(kernel, rows, grain: 1, PerThread / columns);
        }
    }
}
