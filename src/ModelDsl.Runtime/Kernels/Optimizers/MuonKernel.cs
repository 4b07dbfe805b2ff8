using System.Numerics.Tensors;

namespace ModelDsl.Kernels;

/// <summary>Muon over one matrix. Jordan et al. (2024).</summary>
/// <remarks>
/// Limited by the matrix products: five of each three for every step of Newton and Schulz. They run in the products'
/// own threads and give the same bits for every number of them.
/// </remarks>
internal static unsafe class MuonKernel
{
    /// <summary>The number of steps of Newton and Schulz.</summary>
    private const int Iterations = 5;

    // The polynomial whose slope at 0 is steepest: singular values come near 1 in few steps, within about ±0.3.
    private const float A = 3.4445f;
    private const float B = -4.7750f;
    private const float C = 2.0315f;

    private const double Epsilon = 1e-7;

    /// <summary>The floats that a step works in.</summary>
    public static int ScratchLength(int rows, int columns)
    {
        int small = Math.Min(rows, columns);
        return checked((2 * rows * columns) + (2 * small * small));
    }

    /// <summary>
    /// m = momentum·m + (1 - momentum)·g; u = nesterov ? momentum·m + (1 - momentum)·g : m;
    /// p = p·(1 - learningRate·weightDecay) - learningRate·scale·orthogonal(u), where orthogonal(U·S·Vᵀ) is close to
    /// U·Vᵀ.
    /// </summary>
    /// <param name="parameters">The parameters p [rows, columns].</param>
    /// <param name="gradients">Their gradients, as many, clipped.</param>
    /// <param name="momentum">The state m, as many, zero before the first step.</param>
    /// <param name="scratch">Memory of <see cref="ScratchLength"/>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="kept">The factor by which m is kept, in [0, 1).</param>
    /// <param name="nesterov">Whether to look ahead along the new m.</param>
    /// <param name="learningRate">The learning rate, with its scale.</param>
    /// <param name="keptParameter">What weight decay leaves of the parameters.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Step(
        FloatSpan parameters,
        ClippedGradients gradients,
        FloatSpan momentum,
        FloatSpan scratch,
        int rows,
        int columns,
        float kept,
        bool nesterov,
        float learningRate,
        float keptParameter)
    {
        Guard.Matrix(parameters, rows, columns);
        Guard.Matrix(gradients.Values, rows, columns, nameof(gradients));
        Guard.Matrix(momentum, rows, columns);
        Guard.Vector(scratch, ScratchLength(rows, columns));
        int length = rows * columns;
        FloatSpan update = scratch.Slice(0, length);
        RangeLoop<MuonMomentum>.Run(
            new MuonMomentum(gradients, momentum.Pointer, update.Pointer, kept, nesterov),
            length,
            OptimizerRange.Grain,
            OptimizerRange.PerThread);
        FloatSpan orthogonal = Orthogonalize(scratch, rows, columns);
        Span<float> p = parameters.AsSpan()[..length];
        TensorPrimitives.Multiply(p, keptParameter, p);
        TensorPrimitives.MultiplyAdd(orthogonal, -learningRate, p, p);
    }

    /// <summary>
    /// X = X / ‖X‖, and then X = (a·I + b·X·Xᵀ + c·(X·Xᵀ)²)·X five times; for a tall matrix the factor is made of Xᵀ·X
    /// and stands on the right, which is the same and smaller.
    /// </summary>
    /// <param name="scratch">The matrix, and behind it room for as much again and for two squares.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <returns>Where the result lies.</returns>
    private static FloatSpan Orthogonalize(FloatSpan scratch, int rows, int columns)
    {
        int length = rows * columns, small = Math.Min(rows, columns);
        FloatSpan x = scratch.Slice(0, length);
        FloatSpan next = scratch.Slice(length, length);
        FloatSpan square = scratch.Slice(2 * length, small * small);
        FloatSpan factor = scratch.Slice((2 * length) + (small * small), small * small);
        TensorPrimitives.Multiply(x, (float)(1 / (Math.Sqrt(SquareSum.Of(x)) + Epsilon)), x);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            if (rows <= columns)
            {
                MatrixMultiplication.TimesTransposed(x, x, square, rows, rows, columns, Epilogue.None);
            }
            else
            {
                MatrixMultiplication.TransposedTimes(x, x, square, default, columns, columns, rows);
            }

            MatrixMultiplication.Times(square, square, factor, small, small, small, Epilogue.None);
            TensorPrimitives.Multiply(factor, C, factor);
            TensorPrimitives.MultiplyAdd(square, B, factor, factor);
            for (int i = 0; i < small; i++)
            {
                factor[(i * small) + i] += A;
            }

            if (rows <= columns)
            {
                MatrixMultiplication.Times(factor, x, next, rows, columns, rows, Epilogue.None);
            }
            else
            {
                MatrixMultiplication.Times(x, factor, next, rows, columns, columns, Epilogue.None);
            }

            (x, next) = (next, x);
        }

        return x;
    }
}

/// <summary>m = kept·m + (1 - kept)·g, and the update of <see cref="MuonKernel"/> before it is made
/// orthogonal.</summary>
/// <remarks>Limited by memory: four streams, two read and two written.</remarks>
internal readonly unsafe struct MuonMomentum(
    ClippedGradients gradients, float* momentum, float* update, float kept, bool nesterov) : IRangeKernel
{
    private readonly ClippedGradients _gradients = gradients;
    private readonly float* _momentum = momentum;
    private readonly float* _update = update;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector old = TVector.Broadcast(kept);
        TVector fresh = TVector.Broadcast(1f - kept);
        GradientReader<TVector> reader = _gradients.Reader<TVector>();
        for (int i = start; i < end; i += TVector.Count)
        {
            Prefetching.PageAhead(_momentum + i);
            int count = Math.Min(TVector.Count, end - i);
            TVector g = fresh * reader.Load(i, count);
            TVector m = Denormals.Flush(TVector.MultiplyAdd(old, Operand.Load<TVector>(_momentum + i, count), g));
            Operand.Store(m, _momentum + i, count);
            Operand.Store(nesterov ? TVector.MultiplyAdd(old, m, g) : m, _update + i, count);
        }
    }
}
