namespace ModelDsl;

/// <summary>
/// Evolved sign momentum: with the gradient g = ∂loss/∂p and the momentum m, a step is
/// p −= learningRate·(sign(β₁·m + (1 − β₁)·g) + weightDecay·p) and then m = β₂·m + (1 − β₂)·g. Chen et al., "Symbolic
/// Discovery of Optimization Algorithms" (2023).
/// </summary>
/// <remarks>
/// The learning rate is 1e-4 by default, the weight decay 0. Every parameter moves by the learning rate, whatever the
/// size of its gradient, so the paper takes a third to a tenth of AdamW's learning rate and three to ten times its
/// weight decay. It keeps one number for each parameter, where Adam keeps two. A parameter without gradients moves on
/// until its momentum has vanished. PyTorch has no Lion; Keras' has a default learning rate of 1e-3.
/// </remarks>
public sealed class Lion() : Optimizer(learningRate: 1e-4f)
{
    /// <summary>β₁, the share of the momentum in the direction of the step, in [0, 1). Default: 0.9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Beta1
    {
        get;
        init => field = SettingChecks.Fraction(value);
    } = 0.9f;

    /// <summary>β₂, the decay rate of the momentum, in [0, 1). Default: 0.99.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Beta2
    {
        get;
        init => field = SettingChecks.Fraction(value);
    } = 0.99f;

    private protected override string[] StateNames => ["momentum"];

    private protected override void Update(in OptimizerStep step) => LionKernel.Step(
        step.Parameters, step.Gradients, State(0, step), step.LearningRate, Beta1, Beta2, step.WeightDecay);
}
