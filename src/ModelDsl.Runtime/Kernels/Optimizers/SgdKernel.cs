namespace ModelDsl.Kernels;

/// <summary>Stochastic gradient descent over contiguous parameters.</summary>
internal static unsafe class SgdKernel
{
    /// <summary>
    /// g = gradientScale·gradient + weightDecay·p; v = momentum·v + g; p -= learningRate·(nesterov ? g + momentum·v : v),
    /// element by element. Without momentum (velocity empty): p -= learningRate·g. Sutskever et al. (2013), as PyTorch.
    /// </summary>
    /// <param name="parameters">The parameters p.</param>
    /// <param name="gradients">Their gradients, as many.</param>
    /// <param name="velocity">The state v, as many, zero before the first step; empty without momentum.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="momentum">The factor by which the velocity is kept, in [0, 1).</param>
    /// <param name="nesterov">Whether the step looks ahead along the new velocity.</param>
    /// <param name="weightDecay">The factor of the parameters that is added to their gradients.</param>
    /// <param name="gradientScale">A factor for the gradients, as clipping by norm gives.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Step(
        FloatSpan parameters,
        FloatSpan gradients,
        FloatSpan velocity,
        float learningRate,
        float momentum = 0f,
        bool nesterov = false,
        float weightDecay = 0f,
        float gradientScale = 1f)
    {
        Guard.SameLength(parameters, gradients);
        if (!velocity.IsEmpty)
        {
            Guard.SameLength(parameters, velocity);
        }

        var update = new SgdUpdate(
            parameters.Pointer,
            gradients.Pointer,
            velocity.IsEmpty ? null : velocity.Pointer,
            learningRate,
            momentum,
            nesterov,
            weightDecay,
            gradientScale);
        RangeLoop<SgdUpdate>.Run(update, parameters.Length, OptimizerRange.Grain, OptimizerRange.PerThread);
    }
}
