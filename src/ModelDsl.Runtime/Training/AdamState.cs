namespace ModelDsl;

/// <summary>What <see cref="Adam"/> and <see cref="AdamW"/> share: the two running means and the number of steps.</summary>
internal sealed class AdamState
{
    private readonly OptimizerState _means = new(count: 2);
    private long _steps;
    private CallerGate _gate;

    /// <summary>One step, with weight decay in the gradient or apart from it.</summary>
    /// <exception cref="InvalidOperationException">Another thread's step is under way.</exception>
    /// <exception cref="ArgumentException">The lengths differ, or are not those of the first step.</exception>
    public unsafe void Step(
        Span<float> parameters,
        ReadOnlySpan<float> gradients,
        float learningRate,
        float beta1,
        float beta2,
        float epsilon,
        float weightDecay,
        bool decoupled,
        float? maxGradientNorm)
    {
        _gate.Enter("optimizer");
        try
        {
            _means.Prepare(parameters, gradients);
            _steps++;
            float scale = GradientClipping.Scale(gradients, maxGradientNorm);
            fixed (float* parameter = parameters, gradient = gradients)
            {
                AdamKernel.Step(
                    new FloatSpan(parameter, parameters.Length),
                    new FloatSpan(gradient, gradients.Length),
                    _means[0],
                    _means[1],
                    _steps,
                    learningRate,
                    beta1,
                    beta2,
                    epsilon,
                    weightDecay,
                    decoupled,
                    scale);
            }
        }
        finally
        {
            // The gate is a field: with it, this object and the moments live until the kernel has ended.
            _gate.Exit();
        }
    }
}
