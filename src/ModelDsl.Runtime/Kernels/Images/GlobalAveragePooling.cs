namespace ModelDsl.CompilerServices;

/// <summary>The mean of each channel over all pixels of an image.</summary>
/// <remarks>Limited by memory.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class GlobalAveragePooling
{
    /// <summary>output[n, c] = epilogue(mean over r of input[n, r, c]).</summary>
    /// <param name="input">[batch, rows, columns].</param>
    /// <param name="output">[batch, columns].</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="rows">The number of pixels of an image, at least 1.</param>
    /// <param name="columns">The number of channels.</param>
    /// <param name="epilogue">What is done to each finished row.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Forward<TEpilogue>(
        FloatSpan input, FloatSpan output, int batch, int rows, int columns, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        Check(image: input, mean: output, batch, rows, columns);
        var work = new ForwardWork<TEpilogue>(input.Pointer, output.Pointer, rows, columns, epilogue);
        LineWork.Run(batch, (long)batch * rows * columns, ref work);
    }

    /// <summary>inputGradient[n, r, c] = epilogue(outputGradient[n, c] / rows).</summary>
    /// <param name="outputGradient">[batch, columns].</param>
    /// <param name="inputGradient">[batch, rows, columns].</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="rows">The number of pixels of an image, at least 1.</param>
    /// <param name="columns">The number of channels.</param>
    /// <param name="epilogue">What is done to each finished pixel, a row of as many columns as channels.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Backward<TEpilogue>(
        FloatSpan outputGradient, FloatSpan inputGradient, int batch, int rows, int columns, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        Check(image: inputGradient, mean: outputGradient, batch, rows, columns);
        var work = new BackwardWork<TEpilogue>(outputGradient.Pointer, inputGradient.Pointer, rows, columns, epilogue);
        LineWork.Run(batch, (long)batch * rows * columns, ref work);
    }

    private static void Check(FloatSpan image, FloatSpan mean, int batch, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        Guard.Blocks(image, batch, rows, columns);
        Guard.Matrix(mean, batch, columns);
    }

    private readonly struct ForwardWork<TEpilogue>(float* input, float* output, int rows, int columns, TEpilogue epilogue) : ILineWork
        where TEpilogue : struct, IEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int image)
        {
            var values = new Span<float>(output + ((nint)image * columns), columns);
            ElementwiseRun.Apply(values, new Mean(input + ((nint)image * rows * columns), rows, columns));
            epilogue.Invoke(values, image, 0);
        }
    }

    private readonly struct Mean(float* source, int rows, int columns) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> =>
            LongSum.Of<TVector, RowTerm>(rows, new(source + index, columns, count)) / TVector.Broadcast(rows);
    }

    private readonly struct BackwardWork<TEpilogue>(float* gradient, float* result, int rows, int columns, TEpilogue epilogue) : ILineWork
        where TEpilogue : struct, IEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int image)
        {
            var share = new Share(gradient + ((nint)image * columns), 1f / rows);
            for (int row = image * rows; row < (image + 1) * rows; row++)
            {
                var values = new Span<float>(result + ((nint)row * columns), columns);
                ElementwiseRun.Apply(values, share);
                epilogue.Invoke(values, row, 0);
            }
        }
    }

    private readonly struct Share(float* gradient, float scale) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => Operand.Load<TVector>(gradient + index, count) * TVector.Broadcast(scale);
    }
}
