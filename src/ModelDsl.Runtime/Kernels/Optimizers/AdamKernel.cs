namespace ModelDsl.Kernels;

/// <summary>Adam and AdamW over contiguous parameters.</summary>
internal static unsafe class AdamKernel
{
    /// <summary>
    /// m = β₁·m + (1 - β₁)·g; v = β₂·v + (1 - β₂)·g²; p -= learningRate·(m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε), element by
    /// element. Kingma and Ba (2015). Weight decay is added to the gradient, or, where decoupled, taken from the parameter
    /// first: p -= learningRate·weightDecay·p. Loshchilov and Hutter (2019).
    /// </summary>
    /// <param name="parameters">The parameters p.</param>
    /// <param name="gradients">Their gradients, as many.</param>
    /// <param name="firstMoment">The state m, as many, zero before the first step.</param>
    /// <param name="secondMoment">The state v, as many, zero before the first step.</param>
    /// <param name="step">The number of this step t, from 1 on.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="beta1">The factor by which the first moment is kept, in [0, 1).</param>
    /// <param name="beta2">The factor by which the second moment is kept, in [0, 1).</param>
    /// <param name="epsilon">What keeps the quotient finite; positive.</param>
    /// <param name="weightDecay">The strength of the weight decay.</param>
    /// <param name="decoupled">Whether the weight decay acts on the parameters directly (AdamW).</param>
    /// <param name="gradientScale">A factor for the gradients, as clipping by norm gives.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public static void Step(
        FloatSpan parameters,
        FloatSpan gradients,
        FloatSpan firstMoment,
        FloatSpan secondMoment,
        long step,
        float learningRate,
        float beta1 = 0.9f,
        float beta2 = 0.999f,
        float epsilon = 1e-8f,
        float weightDecay = 0f,
        bool decoupled = false,
        float gradientScale = 1f)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        Guard.SameLength(parameters, gradients);
        Guard.SameLength(parameters, firstMoment);
        Guard.SameLength(parameters, secondMoment);
        double firstCorrection = 1 - Math.Pow(beta1, step);
        double secondCorrection = 1 - Math.Pow(beta2, step);
        var update = new AdamUpdate(
            parameters.Pointer,
            gradients.Pointer,
            firstMoment.Pointer,
            secondMoment.Pointer,
            stepSize: (float)(learningRate / firstCorrection),
            rootScale: (float)(1 / Math.Sqrt(secondCorrection)),
            beta1,
            beta2,
            epsilon,
            coupledDecay: decoupled ? 0f : weightDecay,
            keptParameter: decoupled ? 1f - (learningRate * weightDecay) : 1f,
            gradientScale);
        RangeLoop<AdamUpdate>.Run(update, parameters.Length, OptimizerRange.Grain, OptimizerRange.PerThread);
    }
}

/// <summary>The element-wise update of <see cref="AdamKernel"/>.</summary>
/// <remarks>
/// One pass of seven streams, four read and three written: limited by memory. Where the parameters fit the cache, by
/// the division.
/// </remarks>
internal readonly unsafe struct AdamUpdate(
    float* parameters,
    float* gradients,
    float* firstMoment,
    float* secondMoment,
    float stepSize,
    float rootScale,
    float beta1,
    float beta2,
    float epsilon,
    float coupledDecay,
    float keptParameter,
    float gradientScale) : IRangeKernel
{
    private readonly float* _parameters = parameters;
    private readonly float* _gradients = gradients;
    private readonly float* _firstMoment = firstMoment;
    private readonly float* _secondMoment = secondMoment;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector step = TVector.Broadcast(-stepSize);
        TVector root = TVector.Broadcast(rootScale);
        TVector keptFirst = TVector.Broadcast(beta1);
        TVector newFirst = TVector.Broadcast(1f - beta1);
        TVector keptSecond = TVector.Broadcast(beta2);
        TVector newSecond = TVector.Broadcast(1f - beta2);
        TVector floor = TVector.Broadcast(epsilon);
        TVector decay = TVector.Broadcast(coupledDecay);
        TVector kept = TVector.Broadcast(keptParameter);
        TVector scale = TVector.Broadcast(gradientScale);
        for (int i = start; i < end; i += TVector.Count)
        {
            Prefetching.PageAhead(_parameters + i);
            Prefetching.PageAhead(_gradients + i);
            Prefetching.PageAhead(_firstMoment + i);
            Prefetching.PageAhead(_secondMoment + i);
            int count = Math.Min(TVector.Count, end - i);
            TVector p = Operand.Load<TVector>(_parameters + i, count);
            TVector g = Operand.Load<TVector>(_gradients + i, count) * scale;
            g = TVector.MultiplyAdd(decay, p, g);
            TVector m = TVector.MultiplyAdd(keptFirst, Operand.Load<TVector>(_firstMoment + i, count), newFirst * g);
            TVector v = TVector.MultiplyAdd(newSecond * g, g, keptSecond * Operand.Load<TVector>(_secondMoment + i, count));

            // Next to any ε they are nothing.
            m = Denormals.Flush(m);
            v = Denormals.Flush(v);
            Operand.Store(m, _firstMoment + i, count);
            Operand.Store(v, _secondMoment + i, count);
            TVector change = m / TVector.MultiplyAdd(TVector.Sqrt(v), root, floor);
            Operand.Store(TVector.MultiplyAdd(step, change, p * kept), _parameters + i, count);
        }
    }
}
