namespace ModelDsl.Kernels;

/// <summary>RMSProp over contiguous parameters.</summary>
internal static unsafe class RmsPropKernel
{
    /// <summary>
    /// g = clipped gradient + weightDecay·p; v = α·v + (1 - α)·g²; u = g / (√v + ε); b = momentum·b + u; p -=
    /// learningRate·b, element by element. Centred: m = α·m + (1 - α)·g, and √(v - m²) in place of √v. Tieleman and
    /// Hinton (2012), Graves (2013), as PyTorch.
    /// </summary>
    /// <param name="parameters">The parameters p.</param>
    /// <param name="gradients">Their gradients, as many, clipped.</param>
    /// <param name="squares">The state v, as many, zero before the first step.</param>
    /// <param name="mean">The state m, as many, zero before the first step; empty where it is not centred.</param>
    /// <param name="velocity">The state b, as many, zero before the first step; empty without momentum.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="alpha">The factor by which v and m are kept, in [0, 1).</param>
    /// <param name="epsilon">What keeps the quotient finite; positive.</param>
    /// <param name="momentum">The factor by which b is kept, in [0, 1).</param>
    /// <param name="weightDecay">The factor of the parameters that is added to their gradients.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Step(
        FloatSpan parameters,
        ClippedGradients gradients,
        FloatSpan squares,
        FloatSpan mean,
        FloatSpan velocity,
        float learningRate,
        float alpha = 0.99f,
        float epsilon = 1e-8f,
        float momentum = 0f,
        float weightDecay = 0f)
    {
        Guard.SameLength(parameters, gradients.Values, secondName: nameof(gradients));
        Guard.SameLength(parameters, squares);
        Guard.SameLengthOrNone(parameters, mean);
        Guard.SameLengthOrNone(parameters, velocity);
        var update = new RmsPropUpdate(
            parameters.Pointer,
            gradients,
            squares.Pointer,
            mean.Pointer,
            velocity.Pointer,
            learningRate,
            alpha,
            epsilon,
            momentum,
            weightDecay);
        RangeLoop<RmsPropUpdate>.Run(update, parameters.Length, OptimizerRange.Grain, OptimizerRange.PerThread);
    }
}

/// <summary>The element-wise update of <see cref="RmsPropKernel"/>.</summary>
/// <remarks>
/// Limited by memory: five streams, three read and two written, and two more each where it is centred and with
/// momentum. Where the parameters fit the cache, by the division.
/// </remarks>
internal readonly unsafe struct RmsPropUpdate(
    float* parameters,
    ClippedGradients gradients,
    float* squares,
    float* mean,
    float* velocity,
    float learningRate,
    float alpha,
    float epsilon,
    float momentum,
    float weightDecay) : IRangeKernel
{
    private readonly float* _parameters = parameters;
    private readonly ClippedGradients _gradients = gradients;
    private readonly float* _squares = squares;
    private readonly float* _mean = mean;
    private readonly float* _velocity = velocity;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector step = TVector.Broadcast(-learningRate);
        TVector kept = TVector.Broadcast(alpha);
        TVector fresh = TVector.Broadcast(1f - alpha);
        TVector floor = TVector.Broadcast(epsilon);
        TVector inertia = TVector.Broadcast(momentum);
        TVector decay = TVector.Broadcast(weightDecay);
        TVector infinite = TVector.Broadcast(float.PositiveInfinity);
        GradientReader<TVector> reader = _gradients.Reader<TVector>();
        for (int i = start; i < end; i += TVector.Count)
        {
            Prefetching.PageAhead(_parameters + i);
            Prefetching.PageAhead(_squares + i);
            int count = Math.Min(TVector.Count, end - i);
            TVector p = Operand.Load<TVector>(_parameters + i, count);
            TVector g = reader.Load(i, count);
            g = TVector.MultiplyAdd(decay, p, g);
            TVector v = TVector.MultiplyAdd(fresh * g, g, kept * Operand.Load<TVector>(_squares + i, count));
            v = Denormals.Flush(v);
            Operand.Store(v, _squares + i, count);
            if (_mean is not null)
            {
                TVector m = TVector.MultiplyAdd(kept, Operand.Load<TVector>(_mean + i, count), fresh * g);
                m = Denormals.Flush(m);
                Operand.Store(m, _mean + i, count);

                // A variance, which rounding may take below 0; of squares that are no floats it is as infinite as they are.
                v = TVector.ConditionalSelect(TVector.EqualTo(v, infinite), v, TVector.Max(TVector.Zero, v - (m * m)));
            }

            TVector change = g / (TVector.Sqrt(v) + floor);
            if (_velocity is not null)
            {
                change = TVector.MultiplyAdd(inertia, Operand.Load<TVector>(_velocity + i, count), change);
                change = Denormals.Flush(change);
                Operand.Store(change, _velocity + i, count);
            }

            Operand.Store(TVector.MultiplyAdd(step, change, p), _parameters + i, count);
        }
    }
}
