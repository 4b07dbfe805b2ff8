namespace ModelDsl;

/// <summary>
/// Stochastic gradient descent, as in PyTorch: with the gradient g = ∂loss/∂p + weightDecay·p and the velocity
/// v = momentum·v + g, a step is p −= learningRate·v; with Nesterov's momentum p −= learningRate·(g + momentum·v).
/// Sutskever et al. (2013).
/// </summary>
public sealed class Sgd : IOptimizer
{
    private readonly OptimizerState _state = new(count: 1);
    private CallerGate _gate;

    /// <inheritdoc />
    public float LearningRate
    {
        get;
        set => field = OptimizerArguments.NotNegative(value);
    } = 0.01f;

    /// <summary>The share of the velocity that is kept from one step to the next, in [0, 1). Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Momentum
    {
        get;
        init => field = OptimizerArguments.Fraction(value);
    }

    /// <summary>
    /// Whether to use Nesterov's momentum, which looks ahead along the velocity. Default: false. Has no effect without
    /// momentum.
    /// </summary>
    public bool Nesterov { get; init; }

    /// <summary>
    /// The factor of an L2 penalty: weightDecay·p is added to the gradient of each parameter p; at least 0. Default: 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float WeightDecay
    {
        get;
        init => field = OptimizerArguments.NotNegative(value);
    }

    /// <summary>
    /// Scales the gradients down where their norm over all parameters is above this. Default: none. Pascanu et al. (2013).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public float? MaxGradientNorm
    {
        get;
        init => field = OptimizerArguments.PositiveOrNone(value);
    }

    /// <inheritdoc />
    public unsafe void Step(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        _gate.Enter("optimizer");
        try
        {
            _state.Prepare(parameters, gradients, take: Momentum > 0f);
            float scale = GradientClipping.Scale(gradients, MaxGradientNorm);
            fixed (float* parameter = parameters, gradient = gradients)
            {
                SgdKernel.Step(
                    new FloatSpan(parameter, parameters.Length),
                    new FloatSpan(gradient, gradients.Length),
                    _state[0],
                    LearningRate,
                    Momentum,
                    Nesterov,
                    WeightDecay,
                    scale);
            }
        }
        finally
        {
            // The gate is a field: with it, this object and the velocity live until the kernel has ended.
            _gate.Exit();
        }
    }
}
