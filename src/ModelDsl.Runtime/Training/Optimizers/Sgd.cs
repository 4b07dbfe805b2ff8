namespace ModelDsl;

/// <summary>
/// Stochastic gradient descent, as in PyTorch: with the gradient g = ∂loss/∂p + weightDecay·p and the velocity
/// v = momentum·v + (1 − dampening)·g (v = g in the first step), a step is p −= learningRate·v; with Nesterov's
/// momentum p −= learningRate·(g + momentum·v). Sutskever et al. (2013).
/// </summary>
/// <remarks>The learning rate is 0.01 by default, momentum and weight decay 0. Keras' velocity includes the
/// rate.</remarks>
public sealed class Sgd() : Optimizer(learningRate: 0.01f)
{
    /// <summary>The share of the velocity that is kept from one step to the next, in [0, 1). Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Momentum
    {
        get;
        init => field = SettingChecks.Fraction(value);
    }

    /// <summary>
    /// How much less than all of the gradient the velocity takes, in [0, 1). Default: 0. Has no effect without
    /// momentum.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Dampening
    {
        get;
        init => field = SettingChecks.Fraction(value);
    }

    /// <summary>
    /// Whether to use Nesterov's momentum, which looks ahead along the velocity. Default: false. Has no effect without
    /// momentum.
    /// </summary>
    public bool Nesterov { get; init; }

    private protected override string[] StateNames => Momentum > 0f ? ["velocity"] : [];

    private protected override void Update(in OptimizerStep step) => SgdKernel.Step(
        step.Parameters,
        step.Gradients,
        State(0, step),
        step.LearningRate,
        Momentum,
        Nesterov,
        step.WeightDecay,
        fresh: step.Number == 1 ? 1f : 1f - Dampening);
}
