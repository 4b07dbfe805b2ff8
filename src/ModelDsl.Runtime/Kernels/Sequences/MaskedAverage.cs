namespace ModelDsl.CompilerServices;

/// <summary>The mean of each feature over the steps of a sequence that are not masked; 0 where all are.</summary>
/// <remarks>Limited by memory. Samples are divided among threads; each sum is taken in the order of the steps.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class MaskedAverage
{
    /// <summary>output[n, c] = epilogue(mean of input[n, r, c] over the r whose mask is 0).</summary>
    /// <param name="input">[batch, steps, columns].</param>
    /// <param name="mask">[batch, steps], 0 or -∞.</param>
    /// <param name="output">[batch, columns].</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="steps">The number of steps, at least 1.</param>
    /// <param name="columns">The number of features.</param>
    /// <param name="epilogue">What is done to each finished row.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Forward<TEpilogue>(
        FloatSpan input, FloatSpan mask, FloatSpan output, int batch, int steps, int columns, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        Check(sequence: input, mask, mean: output, batch, steps, columns);
        var work = new ForwardWork<TEpilogue>(input.Pointer, mask.Pointer, output.Pointer, steps, columns, epilogue);
        LineWork.Run(batch, (long)batch * steps * columns, ref work);
    }

    /// <summary>inputGradient[n, r, c] = epilogue(outputGradient[n, c] / number of steps, or 0 where the mask is not 0).</summary>
    /// <param name="outputGradient">[batch, columns].</param>
    /// <param name="mask">[batch, steps], 0 or -∞.</param>
    /// <param name="inputGradient">[batch, steps, columns].</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="steps">The number of steps, at least 1.</param>
    /// <param name="columns">The number of features.</param>
    /// <param name="epilogue">What is done to each finished row.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Backward<TEpilogue>(
        FloatSpan outputGradient, FloatSpan mask, FloatSpan inputGradient, int batch, int steps, int columns, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        Check(sequence: inputGradient, mask, mean: outputGradient, batch, steps, columns);
        var work = new BackwardWork<TEpilogue>(
            outputGradient.Pointer, mask.Pointer, inputGradient.Pointer, steps, columns, epilogue);
        LineWork.Run(batch, (long)batch * steps * columns, ref work);
    }

    private static void Check(FloatSpan sequence, FloatSpan mask, FloatSpan mean, int batch, int steps, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        Guard.Blocks(sequence, batch, steps, columns);
        Guard.Matrix(mask, batch, steps);
        Guard.Matrix(mean, batch, columns);
    }

    private static float Share(float* mask, int steps)
    {
        int count = 0;
        for (int step = 0; step < steps; step++)
        {
            count += mask[step] == 0f ? 1 : 0;
        }

        return count == 0 ? 0f : 1f / count;
    }

    private readonly struct ForwardWork<TEpilogue>(
        float* input, float* mask, float* output, int steps, int columns, TEpilogue epilogue) : ILineWork
        where TEpilogue : struct, IEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int sample)
        {
            var values = new Span<float>(output + ((nint)sample * columns), columns);
            float* own = mask + ((nint)sample * steps);
            ElementwiseRun.Apply(
                values, new Mean(input + ((nint)sample * steps * columns), own, steps, columns, Share(own, steps)));
            epilogue.Invoke(values, sample, 0);
        }
    }

    private readonly struct Mean(float* source, float* mask, int steps, int columns, float share) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> =>
            LongSum.Of<TVector, Term>(steps, new(source + index, mask, columns, count)) * TVector.Broadcast(share);
    }

    /// <summary>The row of a step, or nothing where it is masked.</summary>
    private readonly struct Term(float* source, float* mask, int columns, int count) : ISumTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector AddTo<TVector>(TVector sum, int i)
            where TVector : struct, ISimdVector<TVector> =>
            mask[i] == 0f ? sum + Operand.Load<TVector>(source + ((nint)i * columns), count) : sum;
    }

    private readonly struct BackwardWork<TEpilogue>(
        float* gradient, float* mask, float* result, int steps, int columns, TEpilogue epilogue) : ILineWork
        where TEpilogue : struct, IEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int sample)
        {
            float share = Share(mask + ((nint)sample * steps), steps);
            for (int row = sample * steps; row < (sample + 1) * steps; row++)
            {
                var values = new Span<float>(result + ((nint)row * columns), columns);
                if (mask[row] == 0f)
                {
                    ElementwiseRun.Apply(values, new Scaled(gradient + ((nint)sample * columns), share));
                }
                else
                {
                    values.Clear();
                }

                epilogue.Invoke(values, row, 0);
            }
        }
    }

    private readonly struct Scaled(float* gradient, float scale) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => Operand.Load<TVector>(gradient + index, count) * TVector.Broadcast(scale);
    }
}

/// <summary>
/// mask[i] = -∞ where token i is padding, 0 elsewhere: what attention adds to the scores of each key.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PaddingMask
{
    /// <summary>mask[i] = -∞ where tokens[i] is <paramref name="padding"/>, 0 elsewhere.</summary>
    /// <param name="tokens">[count].</param>
    /// <param name="mask">[count].</param>
    /// <param name="count">The number of tokens.</param>
    /// <param name="padding">The token that stands for none.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Compute(FloatSpan tokens, FloatSpan mask, int count, int padding)
    {
        Guard.Vector(tokens, count);
        Guard.Vector(mask, count);
        ReadOnlySpan<float> from = tokens.Slice(0, count);
        Span<float> to = mask.Slice(0, count);
        for (int i = 0; i < count; i++)
        {
            to[i] = from[i] == padding ? float.NegativeInfinity : 0f;
        }
    }
}
