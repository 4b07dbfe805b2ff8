namespace ModelDsl;

/// <summary>
/// Adam with Nesterov's momentum, as in PyTorch: with g, m and v as in <see cref="Adam"/>, μₜ = β₁·(1 − ½·0.96^(t·ψ))
/// and Πₜ the product of μ₁ to μₜ, step t is p −= learningRate · (μₜ₊₁/(1 − Πₜ₊₁)·m + (1 − μₜ)/(1 − Πₜ)·g) / (√v/√(1 −
/// β₂ᵗ) + ε). Dozat (2016).
/// </summary>
/// <remarks>
/// The learning rate is 2e-3 by default (Keras: 1e-3), the weight decay 0.
/// </remarks>
public sealed class NAdam() : MomentOptimizer(learningRate: 2e-3f)
{
    private double _product = 1;
    private long _productStep;

    /// <summary>ψ, how fast the share of the momentum grows from β₁/2 to β₁; at least 0. Default: 4e-3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float MomentumDecay
    {
        get;
        init => field = SettingChecks.NotNegative(value);
    } = 4e-3f;

    /// <summary>
    /// Whether the weight decay is taken from the parameters directly, as in <see cref="AdamW"/>, rather than added to
    /// the gradient. Default: false.
    /// </summary>
    public bool DecoupledWeightDecay { get; init; }

    private protected override void Update(in OptimizerStep step)
    {
        double product = ProductUntil(step.Number);
        double next = MomentumOf(step.Number + 1);
        double momentShare = next / (1 - (product * next));
        double gradientShare = (1 - MomentumOf(step.Number)) / (1 - product);
        AdamKernel.NesterovStep(
            step.Parameters,
            step.Gradients,
            State(0, step),
            State(1, step),
            step.Number,
            step.LearningRate,
            momentShare,
            gradientShare,
            Beta1,
            Beta2,
            Epsilon,
            step.WeightDecay,
            DecoupledWeightDecay);
    }

    private double MomentumOf(long step) => Beta1 * (1 - (0.5 * Math.Pow(0.96, step * (double)MomentumDecay)));

    /// <summary>The product of all momenta up to a step, always multiplied in the same order.</summary>
    private double ProductUntil(long step)
    {
        if (_productStep > step)
        {
            (_product, _productStep) = (1, 0);
        }

        while (_productStep < step)
        {
            _product *= MomentumOf(++_productStep);
        }

        return _product;
    }
}
