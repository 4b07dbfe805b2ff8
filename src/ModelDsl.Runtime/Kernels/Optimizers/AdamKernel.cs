namespace ModelDsl.Kernels;

/// <summary>Adam and AdamW over contiguous parameters.</summary>
internal static unsafe class AdamKernel
{
    /// <summary>
    /// m = β₁·m + (1 - β₁)·g; v = β₂·v + (1 - β₂)·g²; p -= learningRate·(m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε), element by
    /// element. Kingma and Ba (2015). Weight decay is added to the gradient, or, where decoupled, taken from the parameter
    /// first: p -= learningRate·weightDecay·p. Loshchilov and Hutter (2019).
    /// </summary>
    /// <param name="parameters">The parameters p.</param>
    /// <param name="gradients">Their gradients, as many.</param>
    /// <param name="firstMoment">The state m, as many, zero before the first step.</param>
    /// <param name="secondMoment">The state v, as many, zero before the first step.</param>
    /// <param name="step">The number of this step t, from 1 on.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="beta1">The factor by which the first moment is kept, in [0, 1).</param>
    /// <param name="beta2">The factor by which the second moment is kept, in [0, 1).</param>
    /// <param name="epsilon">What keeps the quotient finite; positive.</param>
    /// <param name="weightDecay">The strength of the weight decay.</param>
    /// <param name="decoupled">Whether the weight decay acts on the parameters directly (AdamW).</param>
    /// <param name="gradientScale">A factor for the gradients, as clipping by norm gives.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public static void Step(
        FloatSpan parameters,
        FloatSpan gradients,
        FloatSpan firstMoment,
        FloatSpan secondMoment,
        long step,
        float learningRate,
        float beta1 = 0.9f,
        float beta2 = 0.999f,
        float epsilon = 1e-8f,
        float weightDecay = 0f,
        bool decoupled = false,
        float gradientScale = 1f)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        Guard.SameLength(parameters, gradients);
        Guard.SameLength(parameters, firstMoment);
        Guard.SameLength(parameters, secondMoment);
        double firstCorrection = 1 - Math.Pow(beta1, step);
        double secondCorrection = 1 - Math.Pow(beta2, step);
        var update = new AdamUpdate(
            parameters.Pointer,
            gradients.Pointer,
            firstMoment.Pointer,
            secondMoment.Pointer,
            stepSize: (float)(learningRate / firstCorrection),
            rootScale: (float)(1 / Math.Sqrt(secondCorrection)),
            beta1,
            beta2,
            epsilon,
            coupledDecay: decoupled ? 0f : weightDecay,
            keptParameter: decoupled ? 1f - (learningRate * weightDecay) : 1f,
            gradientScale);
        RangeLoop<AdamUpdate>.Run(update, parameters.Length, OptimizerRange.Grain, OptimizerRange.PerThread);
    }
}
