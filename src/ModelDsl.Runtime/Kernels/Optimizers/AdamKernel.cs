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
    private readonly float _stepSize = stepSize;
    private readonly float _momentShare = momentShare;
    private readonly float _gradientShare = gradientShare;
    private readonly float _rootScale = rootScale;
    private readonly float _beta1 = beta1;
    private readonly float _beta2 = beta2;
    private readonly float _epsilon = epsilon;
    private readonly float _coupledDecay = coupledDecay;
    private readonly float _keptParameter = keptParameter;

    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        if (end - start < OptimizerRange.PerThread)
        {
            start = TVector.HasManyRegisters ? InvokeFours<TVector>(start, end) : InvokeNear<TVector>(start, end);
        }

        InvokeFar<TVector>(start, end);
    }

    // The loops are methods of their own, since the JIT stops inlining where a method has grown too long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private int InvokeFours<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        var update = new Lanes<TVector>(this);
        for (; start <= end - (4 * TVector.Count); start += 4 * TVector.Count)
        {
            update.ApplyToFour(start);
        }

        return start;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private int InvokeNear<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        var update = new Lanes<TVector>(this);
        for (; start <= end - TVector.Count; start += TVector.Count)
        {
            update.Apply(start, TVector.Count);
        }

        return start;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void InvokeFar<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        var update = new Lanes<TVector>(this);
        for (int i = start; i < end; i += TVector.Count)
        {
            Prefetching.PageAhead(_parameters + i);
            Prefetching.PageAhead(_gradients.Values.Pointer + i);
            Prefetching.PageAhead(_firstMoment + i);
            Prefetching.PageAhead(_secondMoment + i);
            update.Apply(i, Math.Min(TVector.Count, end - i));
        }
    }

    /// <summary>The update with its factors on all lanes.</summary>
    private readonly struct Lanes<TVector>(in AdamUpdate update)
        where TVector : struct, ISimdVector<TVector>
    {
        private readonly float* _parameters = update._parameters;
        private readonly float* _firstMoment = update._firstMoment;
        private readonly float* _secondMoment = update._secondMoment;
        private readonly float* _largestMoment = update._largestMoment;
        private readonly GradientReader<TVector> _gradients = update._gradients.Reader<TVector>();
        private readonly TVector _step = TVector.Broadcast(-update._stepSize);
        private readonly TVector _ofMoment = TVector.Broadcast(update._momentShare);
        private readonly TVector _ofGradient = TVector.Broadcast(update._gradientShare);
        private readonly TVector _root = TVector.Broadcast(update._rootScale);
        private readonly TVector _keptFirst = TVector.Broadcast(update._beta1);
        private readonly TVector _newFirst = TVector.Broadcast(1f - update._beta1);
        private readonly TVector _keptSecond = TVector.Broadcast(update._beta2);
        private readonly TVector _newSecond = TVector.Broadcast(1f - update._beta2);
        private readonly TVector _floor = TVector.Broadcast(update._epsilon);
        private readonly TVector _decay = TVector.Broadcast(update._coupledDecay);
        private readonly TVector _kept = TVector.Broadcast(update._keptParameter);
        private readonly bool _isDecayed = update._coupledDecay != 0f;
        private readonly bool _isShrunk = update._keptParameter != 1f;
        private readonly bool _mixes = update._gradientShare != 0f;

        /// <summary>Updates the parameters from one on.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(int i, int count)
        {
            TVector change = Moments(i, count, out TVector v);
            Change(change / Divisor(v), i, count);
        }

        /// <summary>
        /// Updates four vectors of parameters that are in the cache. A processor looks a few dozen instructions ahead,
        /// which is one update; side by side, the roots and divisions of four do not wait for each other.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void ApplyToFour(int i)
        {
            TVector c0 = Moments(i, TVector.Count, out TVector v0);
            TVector c1 = Moments(i + TVector.Count, TVector.Count, out TVector v1);
            TVector c2 = Moments(i + (2 * TVector.Count), TVector.Count, out TVector v2);
            TVector c3 = Moments(i + (3 * TVector.Count), TVector.Count, out TVector v3);
            v0 = Divisor(v0);
            v1 = Divisor(v1);
            v2 = Divisor(v2);
            v3 = Divisor(v3);
            Change(c0 / v0, i, TVector.Count);
            Change(c1 / v1, i + TVector.Count, TVector.Count);
            Change(c2 / v2, i + (2 * TVector.Count), TVector.Count);
            Change(c3 / v3, i + (3 * TVector.Count), TVector.Count);
        }

        /// <summary>Updates the moments; gives the numerator, and what the denominator is the root of.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TVector Moments(int i, int count, out TVector v)
        {
            TVector g = _gradients.LoadNear(i, count);

            // Branches that always go one way are free; multiplications by 0 and 1 are not.
            g = _isDecayed ? TVector.MultiplyAdd(_decay, Operand.Load<TVector>(_parameters + i, count), g) : g;
            TVector m = TVector.MultiplyAdd(_keptFirst, Operand.Load<TVector>(_firstMoment + i, count), _newFirst * g);
            v = TVector.MultiplyAdd(_newSecond * g, g, _keptSecond * Operand.Load<TVector>(_secondMoment + i, count));

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

            return _mixes ? TVector.MultiplyAdd(_ofGradient, g, _ofMoment * m) : m;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TVector Divisor(TVector v) => TVector.MultiplyAdd(TVector.Sqrt(v), _root, _floor);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Change(TVector change, int i, int count)
        {
            TVector p = Operand.Load<TVector>(_parameters + i, count);
            p = _isShrunk ? p * _kept : p;
            Operand.Store(TVector.MultiplyAdd(_step, change, p), _parameters + i, count);
        }
    }
}
