namespace ModelDsl;

/// <summary>
/// Adam with decoupled weight decay, as in PyTorch: with g = ∂loss/∂p, m = β₁·m + (1 − β₁)·g and v = β₂·v + (1 −
/// β₂)·g², step t is p −= learningRate·weightDecay·p and then p −= learningRate/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
/// Loshchilov and Hutter (2019).
/// </summary>
public sealed class AdamW : IOptimizer
{
    private readonly AdamState _state = new();

    /// <inheritdoc />
    public float LearningRate
    {
        get;
        set => field = OptimizerArguments.NotNegative(value);
    } = 1e-3f;

    /// <summary>β₁, the decay rate of the running mean of the gradient, in [0, 1). Default: 0.9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Beta1
    {
        get;
        init => field = OptimizerArguments.Fraction(value);
    } = 0.9f;

    /// <summary>β₂, the decay rate of the running mean of the squared gradient, in [0, 1). Default: 0.999.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Beta2
    {
        get;
        init => field = OptimizerArguments.Fraction(value);
    } = 0.999f;

    /// <summary>
    /// ε, added to the denominator, so that the step stays finite where gradients vanish; at least 0. Default: 1e-8.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float Epsilon
    {
        get;
        init => field = OptimizerArguments.NotNegative(value);
    } = 1e-8f;

    /// <summary>
    /// The factor of the decay: a step subtracts learningRate·weightDecay·p from each parameter p; at least 0. Default:
    /// 0.01.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float WeightDecay
    {
        get;
        init => field = OptimizerArguments.NotNegative(value);
    } = 0.01f;

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
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradients) =>
        _state.Step(
            parameters, gradients, LearningRate, Beta1, Beta2, Epsilon, WeightDecay, decoupled: true, MaxGradientNorm);
}
