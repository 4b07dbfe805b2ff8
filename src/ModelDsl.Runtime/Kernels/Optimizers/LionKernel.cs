namespace ModelDsl.Kernels;

/// <summary>Lion over contiguous parameters.</summary>
internal static unsafe class LionKernel
{
    /// <summary>
    /// g = clipped gradient; p -= learningRate·(sign(β₁·m + (1 - β₁)·g) + weightDecay·p); m = β₂·m + (1 - β₂)·g,
    /// element by element, with sign(0) = 0. Chen et al. (2023).
    /// </summary>
    /// <param name="parameters">The parameters p.</param>
    /// <param name="gradients">Their gradients, as many, clipped.</param>
    /// <param name="momentum">The state m, as many, zero before the first step.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="beta1">The share of the momentum in the direction, in [0, 1).</param>
    /// <param name="beta2">The factor by which the momentum is kept, in [0, 1).</param>
    /// <param name="weightDecay">The strength of the weight decay.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Step(
        FloatSpan parameters,
        ClippedGradients gradients,
        FloatSpan momentum,
        float learningRate,
        float beta1 = 0.9f,
        float beta2 = 0.99f,
        float weightDecay = 0f)
    {
        Guard.SameLength(parameters, gradients.Values, secondName: nameof(gradients));
        Guard.SameLength(parameters, momentum);
        var update = new LionUpdate(
            parameters.Pointer,
            gradients,
            momentum.Pointer,
            learningRate,
            beta1,
            beta2,
            1f - (learningRate * weightDecay));
        RangeLoop<LionUpdate>.Run(update, parameters.Length, OptimizerRange.Grain, OptimizerRange.PerThread);
    }
}

/// <summary>The element-wise update of <see cref="LionKernel"/>.</summary>
/// <remarks>Limited by memory: five streams, three read and two written.</remarks>
internal readonly unsafe struct LionUpdate(
    float* parameters,
    ClippedGradients gradients,
    float* momentum,
    float learningRate,
    float beta1,
    float beta2,
    float keptParameter) : IRangeKernel
{
    private readonly float* _parameters = parameters;
    private readonly ClippedGradients _gradients = gradients;
    private readonly float* _momentum = momentum;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector step = TVector.Broadcast(-learningRate);
        TVector keptDirection = TVector.Broadcast(beta1);
        TVector newDirection = TVector.Broadcast(1f - beta1);
        TVector keptMomentum = TVector.Broadcast(beta2);
        TVector newMomentum = TVector.Broadcast(1f - beta2);
        TVector kept = TVector.Broadcast(keptParameter);
        GradientReader<TVector> reader = _gradients.Reader<TVector>();
        for (int i = start; i < end; i += TVector.Count)
        {
            Prefetching.PageAhead(_parameters + i);
            Prefetching.PageAhead(_momentum + i);
            int count = Math.Min(TVector.Count, end - i);
            TVector p = Operand.Load<TVector>(_parameters + i, count);
            TVector g = reader.Load(i, count);
            TVector m = Operand.Load<TVector>(_momentum + i, count);
            TVector direction = TVector.MultiplyAdd(keptDirection, m, newDirection * g);
            Operand.Store(TVector.MultiplyAdd(step, Sign(direction), p * kept), _parameters + i, count);

            // The sign of a denormal number would move a parameter without gradients for good.
            m = Denormals.Flush(TVector.MultiplyAdd(keptMomentum, m, newMomentum * g));
            Operand.Store(m, _momentum + i, count);
        }
    }

    // 0 and NaN are their own signs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sign<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector below = TVector.ConditionalSelect(TVector.LessThan(x, TVector.Zero), TVector.Broadcast(-1f), x);
        return TVector.ConditionalSelect(TVector.GreaterThan(x, TVector.Zero), TVector.Broadcast(1f), below);
    }
}
