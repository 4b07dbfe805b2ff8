namespace ModelDsl;

/// <summary>
/// Evolved sign momentum: with the gradient g = ∂loss/∂p and the momentum m, a step is
/// p −= learningRate·(sign(β₁·m + (1 − β₁)·g) + weightDecay·p) and then m = β₂·m + (1 − β₂)·g. Chen et al., "Symbolic
/// Discovery of Optimization Algorithms" (2023).
/// </summary>
/// <remarks>
/// Every parameter moves by the learning rate, whatever the size of its gradient, so the paper takes a third to a tenth
/// of AdamW's learning rate and three to ten times its weight decay. It keeps one number for each parameter, where Adam
/// keeps two. A parameter without gradients moves on until its momentum has vanished. PyTorch has no Lion; Keras' has a
/// default learning rate of 1e-3.
/// </remarks>
public sealed class Lion : IOptimizer
{
    private readonly OptimizerState _state = new(count: 1);
    private CallerGate _gate;

    /// <inheritdoc />
    /// <remarks>Default: 1e-4.</remarks>
    public float LearningRate
    {
        get;
        set => field = OptimizerArguments.NotNegative(value);
    } = 1e-4f;

    /// <summary>β₁, the share of the momentum in the direction of the step, in [0, 1). Default: 0.9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Beta1
    {
        get;
        init => field = OptimizerArguments.Fraction(value);
    } = 0.9f;

    /// <summary>β₂, the decay rate of the momentum, in [0, 1). Default: 0.99.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Beta2
    {
        get;
        init => field = OptimizerArguments.Fraction(value);
    } = 0.99f;

    /// <summary>
    /// The factor of the decay: a step subtracts learningRate·weightDecay·p from each parameter p; at least 0. Default:
    /// 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float WeightDecay
    {
        get;
        init => field = OptimizerArguments.NotNegative(value);
    }

    /// <summary>
    /// Scales the gradients down where their norm over all parameters is above this. Default: none. Pascanu et al.
    /// (2013).
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
            _state.Prepare(parameters, gradients);
            float scale = GradientClipping.Scale(gradients, MaxGradientNorm);
            fixed (float* parameter = parameters, gradient = gradients)
            {
                LionKernel.Step(
                    new FloatSpan(parameter, parameters.Length),
                    new FloatSpan(gradient, gradients.Length),
                    _state[0],
                    LearningRate,
                    Beta1,
                    Beta2,
                    WeightDecay,
                    scale);
            }
        }
        finally
        {
            // The gate is a field: with it, this object and the momentum live until the kernel has ended.
            _gate.Exit();
        }
    }
}
