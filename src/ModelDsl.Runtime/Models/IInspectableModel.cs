namespace ModelDsl;

/// <summary>
/// A model whose layers' outputs can be looked at after a training step. The generator implements it for models marked
/// with <c>[Model(KeepActivations = true)]</c>; see <c>docs/metrics.md</c>. What forward hooks are for in PyTorch.
/// </summary>
/// <remarks>
/// Losses, gradients and parameters have the same bits as without. The outputs take memory of their own until the end
/// of the step, and what would only pass through a register is written to it: mark a model to find out what is wrong
/// with it, and take the mark away again.
/// </remarks>
public interface IInspectableModel : IModel
{
    /// <summary>
    /// Whether the outputs are there: <see cref="IModel.ComputeGradients"/>, or <c>Forward</c> of an
    /// <see cref="IDifferentiableModel"/>, has computed them and no other batch was loaded since. The steps of a
    /// training with differential privacy, which clip the gradient of each sample, do not keep them.
    /// </summary>
    bool HasActivations { get; }

    /// <summary>The output of a layer for the last training batch, as the layer after it has read it.</summary>
    /// <param name="index">The layer's number in <see cref="ModelDescription.Activations"/>.</param>
    /// <returns>
    /// [batch, shape of the output] values in the model's own memory: its next computation overwrites them.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no output of the number.</exception>
    /// <exception cref="InvalidOperationException">
    /// The outputs are not there, or another thread is computing the next ones.
    /// </exception>
    ReadOnlySpan<float> GetActivation(int index);
}
