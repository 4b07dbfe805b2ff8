namespace ModelDsl.Kernels;

/// <summary>Adagrad over contiguous parameters.</summary>
internal static unsafe class AdagradKernel
{
    /// <summary>
    /// g = clipped gradient + weightDecay·p; s += g²; p -= learningRate·g / (√s + ε), element by element. Duchi, Hazan
    /// and Singer (2011), as PyTorch.
    /// </summary>
    /// <param name="parameters">The parameters p.</param>
    /// <param name="gradients">Their gradients, as many, clipped.</param>
    /// <param name="squares">The state s, as many.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="epsilon">What keeps the quotient finite; positive.</param>
    /// <param name="weightDecay">The factor of the parameters that is added to their gradients.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Step(
        FloatSpan parameters,
        ClippedGradients gradients,
        FloatSpan squares,
        float learningRate,
        float epsilon = 1e-10f,
        float weightDecay = 0f)
    {
        Guard.SameLength(parameters, gradients.Values, secondName: nameof(gradients));
        Guard.SameLength(parameters, squares);
        var update = new AdagradUpdate(
            parameters.Pointer, gradients, squares.Pointer, learningRate, epsilon, weightDecay);
        RangeLoop<AdagradUpdate>.Run(update, parameters.Length, OptimizerRange.Grain, OptimizerRange.PerThread);
    }
}

/// <summary>The element-wise update of <see cref="AdagradKernel"/>.</summary>
/// <remarks>Limited by memory: five streams, three read and two written.</remarks>
internal readonly unsafe struct AdagradUpdate(
    float* parameters,
    ClippedGradients gradients,
    float* squares,
    float learningRate,
    float epsilon,
    float weightDecay) : IRangeKernel
{
    private readonly float* _parameters = parameters;
    private readonly ClippedGradients _gradients = gradients;
    private readonly float* _squares = squares;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector step = TVector.Broadcast(-learningRate);
        TVector floor = TVector.Broadcast(epsilon);
        TVector decay = TVector.Broadcast(weightDecay);
        GradientReader<TVector> reader = _gradients.Reader<TVector>();
        for (int i = start; i < end; i += TVector.Count)
        {
            Prefetching.PageAhead(_parameters + i);
            Prefetching.PageAhead(_squares + i);
            int count = Math.Min(TVector.Count, end - i);
            TVector p = Operand.Load<TVector>(_parameters + i, count);
            TVector g = reader.Load(i, count);
            g = TVector.MultiplyAdd(decay, p, g);
            TVector s = TVector.MultiplyAdd(g, g, Operand.Load<TVector>(_squares + i, count));
            Operand.Store(s, _squares + i, count);
            Operand.Store(TVector.MultiplyAdd(step, g / (TVector.Sqrt(s) + floor), p), _parameters + i, count);
        }
    }
}
