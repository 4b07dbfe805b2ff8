namespace ModelDsl.CompilerServices;

/// <summary>The softmax of each row of a matrix.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Softmax
{
    /// <summary>destination[r, c] = e^(source[r, c] - max) / Σ e^(source[r, ·] - max), row by row.</summary>
    /// <param name="source">[rows, columns].</param>
    /// <param name="destination">[rows, columns]; may be the source.</param>
    /// <param name="rows">The number of rows; with 0 nothing is done.</param>
    /// <param name="columns">The number of columns; with 0 nothing is done.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Forward(FloatSpan source, FloatSpan destination, int rows, int columns) =>
        SoftmaxRows<Probabilities>.Forward(source, destination, rows, columns);

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
        FloatSpan output, FloatSpan outputGradient, FloatSpan inputGradient, int rows, int columns) =>
        SoftmaxRows<Probabilities>.Backward(output, outputGradient, inputGradient, rows, columns);

    /// <summary><see cref="Forward"/> along any dimension.</summary>
    /// <param name="source">[outer, count, inner].</param>
    /// <param name="destination">[outer, count, inner]; may be the source.</param>
    /// <param name="outer">The product of the extents before the dimension.</param>
    /// <param name="count">The extent of the dimension.</param>
    /// <param name="inner">The product of the extents behind it.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void ForwardOver(FloatSpan source, FloatSpan destination, int outer, int count, int inner) =>
        SoftmaxLines<Probabilities>.Forward(source, destination, new Lines(outer, count, inner));

    /// <summary><see cref="Backward"/> along any dimension.</summary>
    /// <param name="output">What <see cref="ForwardOver"/> has given: [outer, count, inner].</param>
    /// <param name="outputGradient">The loss's gradient with respect to it: [outer, count, inner].</param>
    /// <param name="inputGradient">[outer, count, inner]; may be the output's gradient.</param>
    /// <param name="outer">The product of the extents before the dimension.</param>
    /// <param name="count">The extent of the dimension.</param>
    /// <param name="inner">The product of the extents behind it.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void BackwardOver(
        FloatSpan output, FloatSpan outputGradient, FloatSpan inputGradient, int outer, int count, int inner) =>
        SoftmaxLines<Probabilities>.Backward(output, outputGradient, inputGradient, new Lines(outer, count, inner));

    private readonly unsafe struct Probabilities : ISoftmaxForm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Forward<TVector>(float* x, float* y, int columns)
            where TVector : struct, ISimdVector<TVector>
        {
            float sum = SoftmaxRow.Exponentials<TVector>(x, y, columns, SoftmaxRow.Max<TVector>(x, columns));
            SoftmaxRow.Scale<TVector>(y, columns, 1f / sum);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Sum<TVector>(float* y, float* gradient, int columns)
            where TVector : struct, ISimdVector<TVector> => SoftmaxRow.Dot<TVector>(y, gradient, columns);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Backward<TVector>(TVector y, TVector gradient, TVector sum)
            where TVector : struct, ISimdVector<TVector> => y * (gradient - sum);
    }
}

/// <summary>The logarithm of the softmax of each row of a matrix.</summary>
/// <remarks>Limited by the exponential.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LogSoftmax
{
    /// <summary>destination[r, c] = source[r, c] - max - log Σ e^(source[r, ·] - max), row by row.</summary>
    /// <param name="source">[rows, columns].</param>
    /// <param name="destination">[rows, columns]; may be the source.</param>
    /// <param name="rows">The number of rows; with 0 nothing is done.</param>
    /// <param name="columns">The number of columns; with 0 nothing is done.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Forward(FloatSpan source, FloatSpan destination, int rows, int columns) =>
        SoftmaxRows<Logarithms>.Forward(source, destination, rows, columns);

    /// <summary>
    /// inputGradient[r, c] = outputGradient[r, c] - e^output[r, c] · Σ outputGradient[r, ·], row by row.
    /// </summary>
    /// <param name="output">What <see cref="Forward"/> has given: [rows, columns].</param>
    /// <param name="outputGradient">The loss's gradient with respect to it: [rows, columns].</param>
    /// <param name="inputGradient">[rows, columns]; may be the output's gradient.</param>
    /// <param name="rows">The number of rows; with 0 nothing is done.</param>
    /// <param name="columns">The number of columns; with 0 nothing is done.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Backward(
        FloatSpan output, FloatSpan outputGradient, FloatSpan inputGradient, int rows, int columns) =>
        SoftmaxRows<Logarithms>.Backward(output, outputGradient, inputGradient, rows, columns);

    /// <summary><see cref="Forward"/> along any dimension.</summary>
    /// <param name="source">[outer, count, inner].</param>
    /// <param name="destination">[outer, count, inner]; may be the source.</param>
    /// <param name="outer">The product of the extents before the dimension.</param>
    /// <param name="count">The extent of the dimension.</param>
    /// <param name="inner">The product of the extents behind it.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void ForwardOver(FloatSpan source, FloatSpan destination, int outer, int count, int inner) =>
        SoftmaxLines<Logarithms>.Forward(source, destination, new Lines(outer, count, inner));

    /// <summary><see cref="Backward"/> along any dimension.</summary>
    /// <param name="output">What <see cref="ForwardOver"/> has given: [outer, count, inner].</param>
    /// <param name="outputGradient">The loss's gradient with respect to it: [outer, count, inner].</param>
    /// <param name="inputGradient">[outer, count, inner]; may be the output's gradient.</param>
    /// <param name="outer">The product of the extents before the dimension.</param>
    /// <param name="count">The extent of the dimension.</param>
    /// <param name="inner">The product of the extents behind it.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void BackwardOver(
        FloatSpan output, FloatSpan outputGradient, FloatSpan inputGradient, int outer, int count, int inner) =>
        SoftmaxLines<Logarithms>.Backward(output, outputGradient, inputGradient, new Lines(outer, count, inner));

    private readonly unsafe struct Logarithms : ISoftmaxForm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Forward<TVector>(float* x, float* y, int columns)
            where TVector : struct, ISimdVector<TVector>
        {
            float max = SoftmaxRow.Max<TVector>(x, columns);
            float sum = SoftmaxRow.Exponentials<TVector>(x, null, columns, max);
            TVector shift = TVector.Broadcast(max);
            TVector log = TVector.Broadcast(SoftmaxRow.LogOfTotal<TVector>(x, null, columns, max, sum, out _));
            for (int i = 0; i < columns; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, columns - i);
                Operand.Store(Operand.Load<TVector>(x + i, count) - shift - log, y + i, count);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Sum<TVector>(float* y, float* gradient, int columns)
            where TVector : struct, ISimdVector<TVector> => (float)RowSums.Sum<TVector>(gradient, 0f, columns);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Backward<TVector>(TVector y, TVector gradient, TVector sum)
            where TVector : struct, ISimdVector<TVector> => gradient - (VectorMath.Exp(y) * sum);
    }
}

/// <summary>What the outputs of a softmax are: probabilities, or their logarithms.</summary>
internal unsafe interface ISoftmaxForm
{
    /// <summary>The outputs y of a row x.</summary>
    static abstract void Forward<TVector>(float* x, float* y, int columns)
        where TVector : struct, ISimdVector<TVector>;

    /// <summary>The sum over a row that each element's gradient takes its part of.</summary>
    static abstract float Sum<TVector>(float* y, float* gradient, int columns)
        where TVector : struct, ISimdVector<TVector>;

    /// <summary>The gradients of some inputs.</summary>
    static abstract TVector Backward<TVector>(TVector y, TVector gradient, TVector sum)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>A softmax of one form, row by row.</summary>
internal static unsafe class SoftmaxRows<TForm>
    where TForm : struct, ISoftmaxForm
{
    public static void Forward(FloatSpan source, FloatSpan destination, int rows, int columns)
    {
        Guard.Matrix(source, rows, columns);
        Guard.Matrix(destination, rows, columns);
        var kernel = new ForwardKernel(source.Pointer, destination.Pointer, columns);
        RowLoop<ForwardKernel>.Run(kernel, rows, columns);
    }

    public static void Backward(
        FloatSpan output, FloatSpan outputGradient, FloatSpan inputGradient, int rows, int columns)
    {
        Guard.Matrix(output, rows, columns);
        Guard.Matrix(outputGradient, rows, columns);
        Guard.Matrix(inputGradient, rows, columns);
        var kernel = new BackwardKernel(output.Pointer, outputGradient.Pointer, inputGradient.Pointer, columns);
        RowLoop<BackwardKernel>.Run(kernel, rows, columns);
    }

    private readonly struct ForwardKernel(float* source, float* destination, int columns) : IRowKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TVector>(int row)
            where TVector : struct, ISimdVector<TVector>
        {
            nint offset = (nint)row * columns;
            TForm.Forward<TVector>(source + offset, destination + offset, columns);
        }
    }

    private readonly struct BackwardKernel(
        float* output, float* outputGradient, float* inputGradient, int columns) : IRowKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TVector>(int row)
            where TVector : struct, ISimdVector<TVector>
        {
            nint offset = (nint)row * columns;
            SoftmaxLines<TForm>.Backward<TVector>(
                output + offset, outputGradient + offset, inputGradient + offset, columns);
        }
    }
}

/// <summary>A softmax of one form, along any dimension.</summary>
internal static unsafe class SoftmaxLines<TForm>
    where TForm : struct, ISoftmaxForm
{
    public static void Forward(FloatSpan source, FloatSpan destination, Lines lines) =>
        LineMap<ForwardMap>.Run(lines, default, source, default, destination);

    public static void Backward(FloatSpan output, FloatSpan outputGradient, FloatSpan inputGradient, Lines lines) =>
        LineMap<BackwardMap>.Run(lines, default, output, outputGradient, inputGradient);

    /// <summary>The gradients of a row's inputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TVector>(float* y, float* gradient, float* result, int columns)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sum = TVector.Broadcast(TForm.Sum<TVector>(y, gradient, columns));
        for (int i = 0; i < columns; i += TVector.Count)
        {
            int count = Math.Min(TVector.Count, columns - i);
            TVector change = TForm.Backward(
                Operand.Load<TVector>(y + i, count), Operand.Load<TVector>(gradient + i, count), sum);
            Operand.Store(change, result + i, count);
        }
    }

    private readonly struct ForwardMap : ILineMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TVector>(float* first, float* second, float* result, int count)
            where TVector : struct, ISimdVector<TVector> => TForm.Forward<TVector>(first, result, count);
    }

    private readonly struct BackwardMap : ILineMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TVector>(float* first, float* second, float* result, int count)
            where TVector : struct, ISimdVector<TVector> => Backward<TVector>(first, second, result, count);
    }
}
