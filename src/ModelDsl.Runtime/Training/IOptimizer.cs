namespace ModelDsl;

/// <summary>A rule that updates parameters by their gradients.</summary>
/// <remarks>
/// An optimizer keeps state for one model's parameters, so each model gets its own. It serves one caller at a time.
/// </remarks>
public interface IOptimizer
{
    /// <summary>The step size. May be changed between steps, for example by a schedule.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    float LearningRate { get; set; }

    /// <summary>Updates all parameters by one step.</summary>
    /// <param name="parameters">The parameters, as of <see cref="IModel.Parameters"/>.</param>
    /// <param name="gradients">The gradient of the loss by each parameter.</param>
    /// <exception cref="ArgumentException">The lengths differ, or are not those of the first step.</exception>
    /// <exception cref="InvalidOperationException">A step of another thread is under way.</exception>
    void Step(Span<float> parameters, ReadOnlySpan<float> gradients);
}
