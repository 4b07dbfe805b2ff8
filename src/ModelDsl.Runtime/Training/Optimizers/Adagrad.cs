namespace ModelDsl;

/// <summary>
/// Adagrad, as in PyTorch: with g = ∂loss/∂p + weightDecay·p and s = s + g², step t is
/// p −= learningRate/(1 + (t − 1)·learningRateDecay) · g / (√s + ε). Duchi, Hazan and Singer (2011).
/// </summary>
/// <remarks>
/// The learning rate is 0.01 by default, the weight decay 0. Keras' defaults are a learning rate of 1e-3, an initial s
/// of 0.1 and ε = 1e-7, and it adds ε before the root.
/// </remarks>
public sealed class Adagrad() : Optimizer(learningRate: 0.01f)
{
    /// <summary>How fast the learning rate falls with the steps, at least 0. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRateDecay
    {
        get;
        init => field = SettingChecks.NotNegative(value);
    }

    /// <summary>s before the first step, at least 0. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float InitialSquares
    {
        get;
        init => field = SettingChecks.NotNegative(value);
    }

    /// <summary>ε, added to the root, so that the step stays finite; at least 0. Default: 1e-10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float Epsilon
    {
        get;
        init => field = SettingChecks.NotNegative(value);
    } = 1e-10f;

    private protected override string[] StateNames => ["squareSum"];

    private protected override float InitialState => InitialSquares;

    private protected override void Update(in OptimizerStep step) => AdagradKernel.Step(
        step.Parameters,
        step.Gradients,
        State(0, step),
        (float)(step.LearningRate / (1 + ((step.Number - 1) * (double)LearningRateDecay))),
        Epsilon,
        step.WeightDecay);
}
