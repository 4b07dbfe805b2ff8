namespace ModelDsl.CompilerServices;

/// <summary>Gated linear units: each row of the input holds a and then b, and the output is a·σ(b).</summary>
/// <remarks>Limited by the sigmoid.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class GatedLinearUnit
{
    /// <summary>output[r, c] = input[r, c]·σ(input[r, columns + c]). Dauphin et al. (2017).</summary>
    /// <param name="input">[rows, 2·columns].</param>
    /// <param name="output">[rows, columns]; not the input.</param>
    /// <param name="rows">The number of rows; with 0 nothing is done.</param>
    /// <param name="columns">The number of columns of the output; with 0 nothing is done.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Forward(FloatSpan input, FloatSpan output, int rows, int columns)
    {
        Guard.Matrix(input, rows, 2 * columns);
        Guard.Matrix(output, rows, columns);
        var kernel = new ForwardKernel(input.Pointer, output.Pointer, columns);
        RowLoop<ForwardKernel>.Run(kernel, rows, columns);
    }

    /// <summary>
    /// With g the gradient of the output, inputGradient[r, c] = g·σ(b) and
    /// inputGradient[r, columns + c] = g·a·σ(b)·(1 - σ(b)).
    /// </summary>
    /// <param name="input">The input of the forward pass: [rows, 2·columns].</param>
    /// <param name="outputGradient">The loss's gradient with respect to the output: [rows, columns].</param>
    /// <param name="inputGradient">[rows, 2·columns]; not the output's gradient.</param>
    /// <param name="rows">The number of rows; with 0 nothing is done.</param>
    /// <param name="columns">The number of columns of the output; with 0 nothing is done.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Backward(
        FloatSpan input, FloatSpan outputGradient, FloatSpan inputGradient, int rows, int columns)
    {
        Guard.Matrix(input, rows, 2 * columns);
        Guard.Matrix(outputGradient, rows, columns);
        Guard.Matrix(inputGradient, rows, 2 * columns);
        var kernel = new BackwardKernel(input.Pointer, outputGradient.Pointer, inputGradient.Pointer, columns);
        RowLoop<BackwardKernel>.Run(kernel, rows, columns);
    }

    private readonly struct ForwardKernel(float* input, float* output, int columns) : IRowKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TVector>(int row)
            where TVector : struct, ISimdVector<TVector>
        {
            float* a = input + (2 * (nint)row * columns);
            float* b = a + columns;
            float* y = output + ((nint)row * columns);
            for (int i = 0; i < columns; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, columns - i);
                TVector gate = VectorMath.Sigmoid(Operand.Load<TVector>(b + i, count));
                Operand.Store(Operand.Load<TVector>(a + i, count) * gate, y + i, count);
            }
        }
    }

    private readonly struct BackwardKernel(float* input, float* outputGradient, float* inputGradient, int columns)
        : IRowKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TVector>(int row)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector one = TVector.Broadcast(1f);
            float* a = input + (2 * (nint)row * columns);
            float* gradient = inputGradient + (2 * (nint)row * columns);
            float* g = outputGradient + ((nint)row * columns);
            for (int i = 0; i < columns; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, columns - i);
                TVector gate = VectorMath.Sigmoid(Operand.Load<TVector>(a + columns + i, count));
                TVector gated = Operand.Load<TVector>(g + i, count) * gate;
                Operand.Store(gated, gradient + i, count);
                Operand.Store(
                    gated * Operand.Load<TVector>(a + i, count) * (one - gate), gradient + columns + i, count);
            }
        }
    }
}
