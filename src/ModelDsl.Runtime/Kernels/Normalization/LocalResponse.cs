namespace ModelDsl.CompilerServices;

/// <summary>
/// Local response normalisation: y[c] = x[c] · s[c]^-beta, s[c] = k + alpha / size · Σ x[c']² over the columns from c -
/// ⌊size / 2⌋ to c + ⌊(size - 1) / 2⌋ that there are.
/// </summary>
/// <remarks>
/// Sums of squares are added up anew for each element, in vectors of neighbouring ones: a running sum would not come
/// back from an infinity. The backward pass computes s again. Limited by the power, for large windows by the sums.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class LocalResponse
{
    /// <summary>output = epilogue(x · s^-beta), row by row.</summary>
    /// <param name="input">[rows, columns].</param>
    /// <param name="output">[rows, columns].</param>
    /// <param name="rows">The number of rows; with 0 nothing is done.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="size">The number of neighbours; at least 1.</param>
    /// <param name="alpha">The factor of the mean square.</param>
    /// <param name="beta">The power.</param>
    /// <param name="k">What the mean square is added to.</param>
    /// <param name="epilogue">What is done to each finished row.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">
    /// An operand is shorter than its shape, or the size is not positive.
    /// </exception>
    public static void Forward<TEpilogue>(
        FloatSpan input, FloatSpan output, int rows, int columns, int size, float alpha, float beta, float k,
        TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        Guard.Matrix(input, rows, columns);
        Guard.Matrix(output, rows, columns);
        var window = new Window(columns, size, alpha, beta, k);
        var work = new Work<TEpilogue>(window, input.Pointer, null, output.Pointer, epilogue);
        LineWork.RunRanges(rows, (long)rows * columns * size, ref work);
    }

    /// <summary>
    /// inputGradient[c] = epilogue(g[c]·s[c]^-beta - 2·alpha·beta / size · x[c] · Σ g[c']·x[c']·s[c']^(-beta - 1)), the
    /// sum over the columns whose windows c lies in.
    /// </summary>
    /// <param name="input">What flowed in: [rows, columns].</param>
    /// <param name="outputGradient">The loss's gradient with respect to the output, g: [rows, columns].</param>
    /// <param name="inputGradient">[rows, columns].</param>
    /// <param name="rows">The number of rows; with 0 nothing is done.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="size">The number of neighbours; at least 1.</param>
    /// <param name="alpha">The factor of the mean square.</param>
    /// <param name="beta">The power.</param>
    /// <param name="k">What the mean square is added to.</param>
    /// <param name="epilogue">What is done to each finished row.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">
    /// An operand is shorter than its shape, or the size is not positive.
    /// </exception>
    public static void Backward<TEpilogue>(
        FloatSpan input, FloatSpan outputGradient, FloatSpan inputGradient, int rows, int columns,
        int size, float alpha, float beta, float k, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        Guard.Matrix(input, rows, columns);
        Guard.Matrix(outputGradient, rows, columns);
        Guard.Matrix(inputGradient, rows, columns);
        var window = new Window(columns, size, alpha, beta, k);
        var work = new Work<TEpilogue>(window, input.Pointer, outputGradient.Pointer, inputGradient.Pointer, epilogue);
        LineWork.RunRanges(rows, (long)rows * columns * size, ref work);
    }

    private readonly struct Window(int columns, int size, float alpha, float beta, float k)
    {
        // A window is no wider than reaches both ends from every column.
        private readonly int _before = Math.Min(size / 2, columns);
        private readonly int _behind = Math.Min((size - 1) / 2, columns);

        public int Columns => columns;

        /// <summary>The floats of a row with zeros on both sides, and room for a vector behind.</summary>
        public long PaddedFloats => (long)columns + _before + _behind + VectorWidth.Count;

        /// <summary>Sets the zeros beside a row of squares, and beside one of the terms of the gradient.</summary>
        public void Clear(float* squares, float* terms)
        {
            new Span<float>(squares, (int)PaddedFloats).Clear();
            new Span<float>(terms, (int)PaddedFloats).Clear();
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Forward<TVector>(float* x, float* squares, float* result)
            where TVector : struct, ISimdVector<TVector>
        {
            Square<TVector>(x, squares);
            for (int i = 0; i < columns; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, columns - i);
                TVector power = Powers.Power(Scale<TVector>(squares + i), TVector.Broadcast(-beta));
                Operand.Store(Operand.Load<TVector>(x + i, count) * power, result + i, count);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Backward<TVector>(float* x, float* gradient, float* squares, float* terms, float* result)
            where TVector : struct, ISimdVector<TVector>
        {
            Square<TVector>(x, squares);
            for (int i = 0; i < columns; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, columns - i);
                TVector scale = Scale<TVector>(squares + i);
                TVector own =
                    Operand.Load<TVector>(gradient + i, count) * Powers.Power(scale, TVector.Broadcast(-beta));
                Operand.Store(own, result + i, count);
                Operand.Store(own * Operand.Load<TVector>(x + i, count) / scale, terms + _behind + i, count);
            }

            TVector factor = TVector.Broadcast(-2f * alpha * beta / size);
            for (int i = 0; i < columns; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, columns - i);
                TVector others = Sum<TVector>(terms + i) * Operand.Load<TVector>(x + i, count);
                TVector own = Operand.Load<TVector>(result + i, count);
                Operand.Store(TVector.MultiplyAdd(others, factor, own), result + i, count);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Square<TVector>(float* x, float* squares)
            where TVector : struct, ISimdVector<TVector>
        {
            for (int i = 0; i < columns; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, columns - i);
                TVector values = Operand.Load<TVector>(x + i, count);
                Operand.Store(values * values, squares + _before + i, count);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TVector Scale<TVector>(float* squares)
            where TVector : struct, ISimdVector<TVector> =>
            TVector.MultiplyAdd(Sum<TVector>(squares), TVector.Broadcast(alpha / size), TVector.Broadcast(k));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TVector Sum<TVector>(float* padded)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector sum = TVector.Load(padded);
            for (int i = 1; i <= _before + _behind; i++)
            {
                sum += TVector.Load(padded + i);
            }

            return sum;
        }
    }

    private readonly struct Work<TEpilogue>(
        Window window, float* input, float* gradient, float* result, TEpilogue epilogue) : ILineRangeWork
        where TEpilogue : struct, IEpilogue
    {
        public void Invoke(int start, int end)
        {
            var rows = new Rows<TEpilogue>(window, input, gradient, result, epilogue, start, end);
            VectorWidth.Run(ref rows);
        }
    }

    private readonly struct Rows<TEpilogue>(
        Window window, float* input, float* gradient, float* result, TEpilogue epilogue, int start, int end)
        : IVectorWork
        where TEpilogue : struct, IEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector>
        {
            int columns = window.Columns;
            float* squares = Scratch.Get(2 * window.PaddedFloats);
            float* terms = squares + window.PaddedFloats;
            window.Clear(squares, terms);
            for (int row = start; row < end; row++)
            {
                nint offset = (nint)row * columns;
                if (gradient is null)
                {
                    window.Forward<TVector>(input + offset, squares, result + offset);
                }
                else
                {
                    window.Backward<TVector>(input + offset, gradient + offset, squares, terms, result + offset);
                }

                epilogue.Invoke(new Span<float>(result + offset, columns), row, 0);
            }
        }
    }
}
