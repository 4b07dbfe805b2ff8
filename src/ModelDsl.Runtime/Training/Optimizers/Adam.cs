namespace ModelDsl;

/// <summary>What <see cref="Adam"/> and <see cref="AdamW"/> share; they differ in what weight decay is.</summary>
public abstract class AdamOptimizer : MomentOptimizer
{
    private readonly bool _isDecoupled;

    private protected AdamOptimizer(float learningRate, float weightDecay, bool isDecoupled)
        : base(learningRate, weightDecay) => _isDecoupled = isDecoupled;

    /// <summary>
    /// Whether the denominator takes the largest v so far (AMSGrad), so that it never shrinks. Default: false. Reddi,
    /// Kale and Kumar (2018); as in PyTorch, the largest is taken before the bias correction.
    /// </summary>
    public bool AmsGrad { get; init; }

    private protected override string[] StateNames =>
        AmsGrad ? [.. base.StateNames, "largestSecondMoment"] : base.StateNames;

    private protected override void Update(in OptimizerStep step) => AdamKernel.Step(
        step.Parameters,
        step.Gradients,
        State(0, step),
        State(1, step),
        step.Number,
        step.LearningRate,
        Beta1,
        Beta2,
        Epsilon,
        step.WeightDecay,
        _isDecoupled,
        State(2, step));
}

/// <summary>
/// Adam, as in PyTorch: with g = ∂loss/∂p + weightDecay·p, m = β₁·m + (1 − β₁)·g and v = β₂·v + (1 − β₂)·g², step t is
/// p −= learningRate/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε). Kingma and Ba (2015).
/// </summary>
/// <remarks>
/// The learning rate is 1e-3 by default, the weight decay 0. The decay is a part of the gradient, and so rescaled with
/// it;
/// <see cref="AdamW"/> keeps it apart, as Keras' Adam does too.
/// </remarks>
public sealed class Adam() : AdamOptimizer(learningRate: 1e-3f, weightDecay: 0f, isDecoupled: false);

/// <summary>
/// Adam with decoupled weight decay, as in PyTorch: with g = ∂loss/∂p, m = β₁·m + (1 − β₁)·g and v = β₂·v + (1 −
/// β₂)·g², step t is p −= learningRate·weightDecay·p and then p −= learningRate/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
/// Loshchilov and Hutter (2019).
/// </summary>
/// <remarks>The learning rate is 1e-3 by default, the weight decay 0.01 (Keras: 0.004).</remarks>
public sealed class AdamW() : AdamOptimizer(learningRate: 1e-3f, weightDecay: 0.01f, isDecoupled: true);
