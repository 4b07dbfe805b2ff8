namespace ModelDsl.CompilerServices;

/// <summary>
/// l1·Σ|w| + l2·Σw² over a parameter; its gradient l1·sign(w) + 2·l2·w is taken along in the same pass.
/// </summary>
/// <remarks>Limited by memory. Summed in chunks of fixed size, in order.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class WeightPenalty
{
    /// <summary>The penalty and its gradient.</summary>
    /// <param name="weight">The parameter.</param>
    /// <param name="gradient">The parameter's gradient.</param>
    /// <param name="length">The number of elements; with 0 the penalty is 0.</param>
    /// <param name="l1">The factor of the absolute values, at least 0.</param>
    /// <param name="l2">The factor of the squares, at least 0.</param>
    /// <param name="accumulate">Whether the gradient is added to what is there.</param>
    /// <returns>The penalty; 0 where the gradient is that of a part of a batch, and not of the last one.</returns>
    /// <exception cref="ArgumentException">An operand is shorter than the length.</exception>
    public static float EvaluateWithGradient(
        FloatSpan weight, FloatSpan gradient, int length, float l1, float l2, bool accumulate = false)
    {
        Guard.Vector(weight, length);
        Guard.Vector(gradient, length);
        accumulate |= gradient.GoesOn;
        if (gradient.IsGradient && !BatchSum.Current.IsLast)
        {
            // It counts once, and in the same order as where the batch is computed as a whole.
            if (!accumulate)
            {
                gradient.Slice(0, length).AsSpan().Clear();
            }

            return 0f;
        }

        int chunks = (length + PenaltyKernel.ChunkLength - 1) / PenaltyKernel.ChunkLength;
        double* partials = LossSum.Partials(chunks);
        var kernel = new PenaltyKernel(weight.Pointer, gradient.Pointer, length, l1, l2, accumulate, partials);
        return (float)LossSum.Run(kernel, partials, chunks, PenaltyKernel.ChunkLength);
    }
}

/// <summary>
/// (l1·Σ|x| + l2·Σx²) / batch over the activities of a batch; <see cref="AddPenaltyGradient"/> is its gradient.
/// </summary>
/// <remarks>Limited by memory. Summed in chunks of fixed size, in order.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ActivityPenalty
{
    /// <summary>The penalty.</summary>
    /// <param name="values">The activities: [batch, count].</param>
    /// <param name="batch">The number of samples; with 0 the penalty is 0.</param>
    /// <param name="count">The number of elements of a sample.</param>
    /// <param name="l1">The factor of the absolute values, at least 0.</param>
    /// <param name="l2">The factor of the squares, at least 0.</param>
    /// <param name="batchSize">The number of samples of the whole batch, of which these may be a part.</param>
    /// <exception cref="ArgumentException">The activities are shorter than their shape.</exception>
    public static float Evaluate(FloatSpan values, int batch, int count, float l1, float l2, int? batchSize = null)
    {
        Guard.Matrix(values, batch, count);
        int length = batch * count;
        if (length == 0)
        {
            return 0f;
        }

        int chunks = (length + PenaltyKernel.ChunkLength - 1) / PenaltyKernel.ChunkLength;
        double* partials = LossSum.Partials(chunks);
        var kernel = new PenaltyKernel(values.Pointer, null, length, l1, l2, accumulate: false, partials);
        return (float)(LossSum.Run(kernel, partials, chunks, PenaltyKernel.ChunkLength) / (batchSize ?? batch));
    }
}

/// <summary>
/// The sums l1·|x| + l2·x² over chunks of the elements, and the derivative l1·sign(x) + 2·l2·x, with sign(0) = 0.
/// </summary>
/// <param name="values">The elements.</param>
/// <param name="gradient">Where the derivative goes, or null.</param>
/// <param name="count">The number of elements.</param>
/// <param name="l1">The factor of the absolute values.</param>
/// <param name="l2">The factor of the squares.</param>
/// <param name="accumulate">Whether the derivative is added to what is there.</param>
/// <param name="partials">Room for the sum of each chunk.</param>
internal readonly unsafe struct PenaltyKernel(
    float* values, float* gradient, int count, float l1, float l2, bool accumulate, double* partials) : IRangeKernel
{
    /// <summary>
    /// The elements that are summed in single precision before their sum is added in double precision.
    /// </summary>
    public const int ChunkLength = 1024;

    private readonly float* _values = values;
    private readonly float* _gradient = gradient;
    private readonly double* _partials = partials;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector absolute = TVector.Broadcast(l1);
        TVector square = TVector.Broadcast(l2);
        for (int chunk = start; chunk < end; chunk++)
        {
            int last = (int)Math.Min(count, ((long)chunk + 1) * ChunkLength);
            TVector sum = TVector.Zero;
            for (int i = chunk * ChunkLength; i < last; i += TVector.Count)
            {
                int lanes = Math.Min(TVector.Count, last - i);
                TVector x = Operand.Load<TVector>(_values + i, lanes);
                sum = TVector.MultiplyAdd(TVector.MultiplyAdd(square, TVector.Abs(x), absolute), TVector.Abs(x), sum);
                if (_gradient is not null)
                {
                    TVector derivative = Derivative(x, absolute, square);
                    if (accumulate)
                    {
                        derivative += Operand.Load<TVector>(_gradient + i, lanes);
                    }

                    Operand.Store(derivative, _gradient + i, lanes);
                }
            }

            _partials[chunk] = TVector.Sum(sum);
        }
    }

    /// <summary>l1·sign(x) + 2·l2·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TVector>(TVector x, TVector l1, TVector l2)
        where TVector : struct, ISimdVector<TVector>
    {
        // A NaN passes on through the product.
        TVector sign = TVector.ConditionalSelect(TVector.EqualTo(x, TVector.Zero), TVector.Zero, TVector.CopySign(l1, x));
        return TVector.MultiplyAdd(l2 + l2, x, sign);
    }
}
