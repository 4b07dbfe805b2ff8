namespace ModelDsl;

/// <summary>What the optimizers share that keep running means of each gradient and of its square.</summary>
public abstract class MomentOptimizer : Optimizer
{
    private protected MomentOptimizer(
        float learningRate, float weightDecay = 0f, float beta2 = 0.999f, float epsilon = 1e-8f)
        : base(learningRate, weightDecay) => (Beta2, Epsilon) = (beta2, epsilon);

    /// <summary>β₁, the decay rate of the running mean of the gradient, in [0, 1). Default: 0.9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Beta1
    {
        get;
        init => field = SettingChecks.Fraction(value);
    } = 0.9f;

    /// <summary>β₂, the decay rate of the running mean of the squared gradient, in [0, 1). Default: 0.999 (Muon:
    /// 0.95).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Beta2
    {
        get;
        init => field = SettingChecks.Fraction(value);
    }

    /// <summary>
    /// ε, added to the denominator, so that the step stays finite where gradients vanish; at least 0. Default: 1e-8
    /// (Muon: 1e-10), as in PyTorch (Keras: 1e-7, added before the bias correction).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float Epsilon
    {
        get;
        init => field = SettingChecks.NotNegative(value);
    }

    private protected override string[] StateNames => ["firstMoment", "secondMoment"];
}
