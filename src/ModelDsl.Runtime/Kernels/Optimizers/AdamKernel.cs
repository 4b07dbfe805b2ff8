namespace ModelDsl.Kernels;

/// <summary>Adam, AdamW and NAdam over contiguous parameters.</summary>
internal static unsafe class AdamKernel
{
    /// <summary>
    /// m = β₁·m + (1 - β₁)·g; v = β₂·v + (1 - β₂)·g²; p -= learningRate·(m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε),
    /// element by element. Kingma and Ba (2015). Weight decay is added to the gradient, or, where decoupled, taken from
    /// the parameter first: p -= learningRate·weightDecay·p. Loshchilov and Hutter (2019). With AMSGrad, w = max(w, v)
    /// takes the place of v in the denominator. Reddi, Kale and Kumar (2018), as PyTorch.
    /// </summary>
    /// <param name="parameters">The parameters p.</param>
    /// <param name="gradients">Their gradients, as many, clipped.</param>
    /// <param name="firstMoment">The state m, as many, zero before the first step.</param>
    /// <param name="secondMoment">The state v, as many, zero before the first step.</param>
    /// <param name="step">The number of this step t, from 1 on.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="beta1">The factor by which the first moment is kept, in [0, 1).</param>
    /// <param name="beta2">The factor by which the second moment is kept, in [0, 1).</param>
    /// <param name="epsilon">What keeps the quotient finite; positive.</param>
    /// <param name="weightDecay">The strength of the weight decay.</param>
    /// <param name="decoupled">Whether the weight decay acts on the parameters directly (AdamW).</param>
    /// <param name="largest">The state w of AMSGrad, as many, zero before the first step; empty without.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public static void Step(
        FloatSpan parameters,
        ClippedGradients gradients,
        FloatSpan firstMoment,
        FloatSpan secondMoment,
        long step,
        float learningRate,
        float beta1 = 0.9f,
        float beta2 = 0.999f,
        float epsilon = 1e-8f,
        float weightDecay = 0f,
        bool decoupled = false,
        FloatSpan largest = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        Guard.SameLength(parameters, gradients.Values, secondName: nameof(gradients));
        Guard.SameLength(parameters, firstMoment);
        Guard.SameLength(parameters, secondMoment);
        Guard.SameLengthOrNone(parameters, largest);
        double firstCorrection = Correction(beta1, step);
        double secondCorrection = Correction(beta2, step);
        var update = new AdamUpdate(
            parameters.Pointer,
            gradients,
            firstMoment.Pointer,
            secondMoment.Pointer,
            largest.Pointer,
            stepSize: (float)(learningRate / firstCorrection),
            momentShare: 1f,
            gradientShare: 0f,
            rootScale: (float)(1 / Math.Sqrt(secondCorrection)),
            beta1,
            beta2,
            epsilon,
            coupledDecay: decoupled ? 0f : weightDecay,
            keptParameter: decoupled ? 1f - (learningRate * weightDecay) : 1f);
        RangeLoop<AdamUpdate>.Run(update, parameters.Length, OptimizerRange.Grain, OptimizerRange.PerThread);
    }

    /// <summary>
    /// m = β₁·m + (1 - β₁)·g; v = β₂·v + (1 - β₂)·g²; p -= learningRate·(momentShare·m + gradientShare·g) / (√(v / (1 -
    /// β₂ᵗ)) + ε), element by element. Dozat (2016), as PyTorch's NAdam.
    /// </summary>
    /// <param name="parameters">The parameters p.</param>
    /// <param name="gradients">Their gradients, as many, clipped.</param>
    /// <param name="firstMoment">The state m, as many, zero before the first step.</param>
    /// <param name="secondMoment">The state v, as many, zero before the first step.</param>
    /// <param name="step">The number of this step t, from 1 on.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="momentShare">The factor of the first moment, at least 0.</param>
    /// <param name="gradientShare">The factor of the gradient, positive.</param>
    /// <param name="beta1">The factor by which the first moment is kept, in [0, 1).</param>
    /// <param name="beta2">The factor by which the second moment is kept, in [0, 1).</param>
    /// <param name="epsilon">What keeps the quotient finite; positive.</param>
    /// <param name="weightDecay">The strength of the weight decay.</param>
    /// <param name="decoupled">Whether the weight decay acts on the parameters directly.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public static void NesterovStep(
        FloatSpan parameters,
        ClippedGradients gradients,
        FloatSpan firstMoment,
        FloatSpan secondMoment,
        long step,
        float learningRate,
        double momentShare,
        double gradientShare,
        float beta1 = 0.9f,
        float beta2 = 0.999f,
        float epsilon = 1e-8f,
        float weightDecay = 0f,
        bool decoupled = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        Guard.SameLength(parameters, gradients.Values, secondName: nameof(gradients));
        Guard.SameLength(parameters, firstMoment);
        Guard.SameLength(parameters, secondMoment);
        var update = new AdamUpdate(
            parameters.Pointer,
            gradients,
            firstMoment.Pointer,
            secondMoment.Pointer,
            largestMoment: null,
            stepSize: (float)(learningRate * (momentShare + gradientShare)),
            (float)(momentShare / (momentShare + gradientShare)),
            (float)(gradientShare / (momentShare + gradientShare)),
            rootScale: (float)(1 / Math.Sqrt(Correction(beta2, step))),
            beta1,
            beta2,
            epsilon,
            coupledDecay: decoupled ? 0f : weightDecay,
            keptParameter: decoupled ? 1f - (learningRate * weightDecay) : 1f);
        RangeLoop<AdamUpdate>.Run(update, parameters.Length, OptimizerRange.Grain, OptimizerRange.PerThread);
    }

    /// <summary>1 - βᵗ, which is 1 from where e^(-t·(1 - β)), which is no less than βᵗ, rounds away.</summary>
    private static double Correction(float beta, long step)
    {
        const double Lost = 40;
        return step * (1.0 - beta) > Lost ? 1 : 1 - Math.Pow(beta, step);
    }
}

/// <summary>The element-wise update of <see cref="AdamKernel"/>.</summary>
/// <remarks>
/// One pass of seven streams, four read and three written, and two more with AMSGrad: limited by memory. Where the
/// parameters fit the cache, by the multiplications, the division and the root.
/// </remarks>
internal readonly unsafe struct AdamUpdate(
    float* parameters,
    ClippedGradients gradients,
    float* firstMoment,
    float* secondMoment,
    float* largestMoment,
    float stepSize,
    float momentShare,
    float gradientShare,
    float rootScale,
    float beta1,
    float beta2,
    float epsilon,
    float coupledDecay,
    float keptParameter) : IRangeKernel
{
    private readonly float* _parameters = parameters;
    private readonly ClippedGradients _gradients = gradients;
    private readonly float* _firstMoment = firstMoment;
    private readonly float* _secondMoment = secondMoment;
    private readonly float* _largestMoment = largestMoment;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector step = TVector.Broadcast(-stepSize);
        TVector ofMoment = TVector.Broadcast(momentShare);
        TVector ofGradient = TVector.Broadcast(gradientShare);
        TVector root = TVector.Broadcast(rootScale);
        TVector keptFirst = TVector.Broadcast(beta1);
        TVector newFirst = TVector.Broadcast(1f - beta1);
        TVector keptSecond = TVector.Broadcast(beta2);
        TVector newSecond = TVector.Broadcast(1f - beta2);
        TVector floor = TVector.Broadcast(epsilon);
        TVector decay = TVector.Broadcast(coupledDecay);
        TVector kept = TVector.Broadcast(keptParameter);
        GradientReader<TVector> reader = _gradients.Reader<TVector>();
        for (int i = start; i < end; i += TVector.Count)
        {
            Prefetching.PageAhead(_parameters + i);
            Prefetching.PageAhead(_firstMoment + i);
            Prefetching.PageAhead(_secondMoment + i);
            int count = Math.Min(TVector.Count, end - i);
            TVector p = Operand.Load<TVector>(_parameters + i, count);
            TVector g = reader.Load(i, count);

            // Branches that always go one way are free; multiplications by 0 and 1 are not.
            g = coupledDecay == 0f ? g : TVector.MultiplyAdd(decay, p, g);
            TVector m = TVector.MultiplyAdd(keptFirst, Operand.Load<TVector>(_firstMoment + i, count), newFirst * g);
            TVector v = TVector.MultiplyAdd(newSecond * g, g, keptSecond * Operand.Load<TVector>(_secondMoment + i, count));

            // Next to any ε they are nothing.
            m = Denormals.Flush(m);
            v = Denormals.Flush(v);
            Operand.Store(m, _firstMoment + i, count);
            Operand.Store(v, _secondMoment + i, count);
            if (_largestMoment is not null)
            {
                v = TVector.Max(Operand.Load<TVector>(_largestMoment + i, count), v);
                Operand.Store(v, _largestMoment + i, count);
            }

            TVector change = gradientShare == 0f ? m : TVector.MultiplyAdd(ofGradient, g, ofMoment * m);
            change /= TVector.MultiplyAdd(TVector.Sqrt(v), root, floor);
            p = keptParameter == 1f ? p : p * kept;
            Operand.Store(TVector.MultiplyAdd(step, change, p), _parameters + i, count);
        }
    }
}
