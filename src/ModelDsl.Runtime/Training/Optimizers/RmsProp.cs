namespace ModelDsl;

/// <summary>
/// RMSProp, as in PyTorch: with g = ∂loss/∂p + weightDecay·p and v = α·v + (1 − α)·g², b = momentum·b + g / (√v + ε), a
/// step is p −= learningRate·b. Centred, m = α·m + (1 − α)·g and √(v − m²) in place of √v. Tieleman and Hinton (2012);
/// centred, Graves (2013).
/// </summary>
/// <remarks>
/// The learning rate is 0.01 by default, the weight decay 0. Keras' defaults are 1e-3, α = 0.9 and ε = 1e-7, and it
/// adds ε before the root. Where rounding makes v − m² negative, PyTorch's step is not a number; this one takes 0.
/// </remarks>
public sealed class RmsProp() : Optimizer(learningRate: 0.01f)
{
    /// <summary>α, the decay rate of the running means, in [0, 1). Default: 0.99.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Alpha
    {
        get;
        init => field = SettingChecks.Fraction(value);
    } = 0.99f;

    /// <summary>ε, added to the root, so that the step stays finite; at least 0. Default: 1e-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float Epsilon
    {
        get;
        init => field = SettingChecks.NotNegative(value);
    } = 1e-8f;

    /// <summary>The share of b that is kept from one step to the next, in [0, 1). Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Momentum
    {
        get;
        init => field = SettingChecks.Fraction(value);
    }

    /// <summary>Whether to divide by the standard deviation of the gradient rather than by its size. Default:
    /// false.</summary>
    public bool Centered { get; init; }

    private protected override string[] StateNames =>
        ["meanSquare", .. Momentum > 0f ? (string[])["velocity"] : [], .. Centered ? (string[])["mean"] : []];

    private protected override void Update(in OptimizerStep step) => RmsPropKernel.Step(
        step.Parameters,
        step.Gradients,
        State(0, step),
        Centered ? State(Momentum > 0f ? 2 : 1, step) : default,
        Momentum > 0f ? State(1, step) : default,
        step.LearningRate,
        Alpha,
        Epsilon,
        Momentum,
        step.WeightDecay);
}
