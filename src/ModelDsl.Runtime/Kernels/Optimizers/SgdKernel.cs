namespace ModelDsl.Kernels;

/// <summary>Stochastic gradient descent over contiguous parameters.</summary>
internal static unsafe class SgdKernel
{
    /// <summary>
    /// g = clipped gradient + weightDecay·p; v = momentum·v + fresh·g; p -= learningRate·(nesterov ? g + momentum·v :
    /// v), element by element. Without momentum (velocity empty): p -= learningRate·g. Sutskever et al. (2013), as
    /// PyTorch.
    /// </summary>
    /// <param name="parameters">The parameters p.</param>
    /// <param name="gradients">Their gradients, as many, clipped.</param>
    /// <param name="velocity">The state v, as many, zero before the first step; empty without momentum.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="momentum">The factor by which the velocity is kept, in [0, 1).</param>
    /// <param name="nesterov">Whether the step looks ahead along the new velocity.</param>
    /// <param name="weightDecay">The factor of the parameters that is added to their gradients.</param>
    /// <param name="fresh">The factor of the gradient in the velocity, 1 without dampening.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Step(
        FloatSpan parameters,
        ClippedGradients gradients,
        FloatSpan velocity,
        float learningRate,
        float momentum = 0f,
        bool nesterov = false,
        float weightDecay = 0f,
        float fresh = 1f)
    {
        Guard.SameLength(parameters, gradients.Values, secondName: nameof(gradients));
        Guard.SameLengthOrNone(parameters, velocity);

        var update = new SgdUpdate(
            parameters.Pointer,
            gradients,
            velocity.Pointer,
            learningRate,
            momentum,
            nesterov,
            weightDecay,
            fresh);
        RangeLoop<SgdUpdate>.Run(update, parameters.Length, OptimizerRange.Grain, OptimizerRange.PerThread);
    }
}

/// <summary>The element-wise update of <see cref="SgdKernel"/>.</summary>
/// <remarks>Limited by memory: five streams with momentum, three without.</remarks>
internal readonly unsafe struct SgdUpdate(
    float* parameters,
    ClippedGradients gradients,
    float* velocity,
    float learningRate,
    float momentum,
    bool nesterov,
    float weightDecay,
    float fresh) : IRangeKernel
{
    private readonly float* _parameters = parameters;
    private readonly ClippedGradients _gradients = gradients;
    private readonly float* _velocity = velocity;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector step = TVector.Broadcast(-learningRate);
        TVector kept = TVector.Broadcast(momentum);
        TVector decay = TVector.Broadcast(weightDecay);
        TVector taken = TVector.Broadcast(fresh);
        GradientReader<TVector> reader = _gradients.Reader<TVector>();
        float* p = _parameters;
        float* v = _velocity;
        int i = start;
        if (v is null)
        {
            // So little is done for each number that the choices within the loop below would take half of the time.
            for (; i <= end - TVector.Count; i += TVector.Count)
            {
                Prefetching.PageAhead(p + i);
                TVector parameter = TVector.Load(p + i);
                TVector gradient = TVector.MultiplyAdd(decay, parameter, reader.Load(i, TVector.Count));
                TVector.MultiplyAdd(step, gradient, parameter).Store(p + i);
            }
        }

        for (; i < end; i += TVector.Count)
        {
            Prefetching.PageAhead(p + i);
            int count = Math.Min(TVector.Count, end - i);
            TVector parameter = Operand.Load<TVector>(p + i, count);
            TVector change = TVector.MultiplyAdd(decay, parameter, reader.Load(i, count));
            if (v is not null)
            {
                Prefetching.PageAhead(v + i);
                TVector velocity = TVector.MultiplyAdd(kept, Operand.Load<TVector>(v + i, count), taken * change);
                Operand.Store(velocity, v + i, count);
                change = nesterov ? TVector.MultiplyAdd(kept, velocity, change) : velocity;
            }

            Operand.Store(TVector.MultiplyAdd(step, change, parameter), p + i, count);
        }
    }
}
