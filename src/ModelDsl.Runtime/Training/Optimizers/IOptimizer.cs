namespace ModelDsl;

/// <summary>A rule that updates parameters by their gradients.</summary>
/// <remarks>
/// <para>An optimizer keeps state for one model's parameters, so each model gets its own. It serves one caller at a
/// time.</para>
/// <para>All of this library derive from <see cref="Optimizer"/>. A rule of your own needs <see cref="LearningRate"/>
/// and <see cref="Step(Span{float}, ReadOnlySpan{float})"/>; with <see cref="GetState"/> and <see cref="SetState"/> it
/// can also be saved and resumed.</para>
/// </remarks>
public interface IOptimizer
{
    /// <summary>The step size. May be changed between steps, for example by a schedule.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    float LearningRate { get; set; }

    /// <summary>Updates all parameters by one step.</summary>
    /// <param name="parameters">The parameters, as of <see cref="IModel.TrainableParameters"/>.</param>
    /// <param name="gradients">The gradient of the loss by each parameter.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, or are not those of the first step, or the parameters are another model's.
    /// </exception>
    /// <exception cref="InvalidOperationException">A step of another thread is under way.</exception>
    void Step(Span<float> parameters, ReadOnlySpan<float> gradients);

    /// <summary>
    /// Says whose parameters the optimizer will update, before the first step: <see cref="Trainer{TModel}"/> does.
    /// Default: does nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The optimizer is another model's, or its settings do not fit the
    /// model.</exception>
    /// <exception cref="InvalidOperationException">A step of another thread is under way.</exception>
    void Attach(IModel model)
    {
    }

    /// <summary>Updates all of a model's trainable parameters by one step, with the gradients of its last
    /// batch.</summary>
    /// <param name="model">The model, the same in each step.</param>
    /// <exception cref="ArgumentException">The model is not that of the first step.</exception>
    /// <exception cref="InvalidOperationException">A step of another thread is under way.</exception>
    void Step(IModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Step(model.TrainableParameters, model.Gradients);
    }

    /// <summary>What a training that stops has to keep, besides the parameters, to continue with the same
    /// bits.</summary>
    /// <exception cref="NotSupportedException">The class does not say what its state is.</exception>
    OptimizerState GetState() => throw NoState(GetType());

    /// <summary>Continues where the optimizer that the state is from has stopped.</summary>
    /// <param name="state">What <see cref="GetState"/> of an optimizer of the same class and settings has
    /// returned.</param>
    /// <exception cref="ArgumentException">The state is one of another class, or of another model.</exception>
    /// <exception cref="NotSupportedException">The class does not say what its state is.</exception>
    void SetState(OptimizerState state) => throw NoState(GetType());

    private static NotSupportedException NoState(Type type) => new(
        $"expected an optimizer whose state can be saved, got {type.Name}; implement GetState and SetState there");
}
