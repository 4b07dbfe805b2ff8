namespace ModelDsl;

/// <summary>
/// A model whose forward and backward pass can be called one by one, with a gradient of the outputs that comes from
/// elsewhere: another model, a reward, a loss of one's own. The generator implements it for models marked with
/// <c>[Model(InputGradient = true)]</c>; see <c>docs/gradients.md</c>.
/// </summary>
/// <remarks>
/// <see cref="IModel.ComputeGradients"/> fills <see cref="InputGradient"/> of such a model too, as the gradient of the
/// mean loss.
/// </remarks>
public interface IDifferentiableModel : IModel
{
    /// <summary>
    /// Runs the forward pass of one batch in training mode, as <see cref="IModel.ComputeGradients"/> does: dropout
    /// draws
    /// its masks, batch normalisation uses and moves its statistics, and <see cref="IModel.TrainingStep"/> advances.
    /// What
    /// <see cref="Backward"/> needs is kept until the next batch.
    /// </summary>
    /// <param name="samples">The samples, one after the other: a multiple of the input's size.</param>
    /// <returns>
    /// The outputs, one sample after the other, in the model's own memory: its next computation overwrites them, but
    /// <see cref="Backward"/> does not.
    /// </returns>
    /// <exception cref="ArgumentException">The length is not a positive multiple of the input's size.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model is in use, by another thread or further up the stack, or comes from
    /// <see cref="IInferenceModel{TSelf}.ForInference"/>.
    /// </exception>
    ReadOnlySpan<float> Forward(ReadOnlySpan<float> samples);

    /// <summary>
    /// Runs the backward pass of the batch of the last <see cref="Forward"/>: fills <see cref="IModel.Gradients"/>, to
    /// which the penalties of weights and activities add their part, and <see cref="InputGradient"/>. Each
    /// <see cref="Forward"/> serves one call, since the pass reuses the memory of what it has read. Do not change the
    /// parameters, or the buffer of <see cref="IInferenceModel.GetInputBuffer"/>, between the two.
    /// </summary>
    /// <param name="outputGradient">
    /// The gradient by the outputs, [batch, outputs], of whatever is to be minimised. Nothing is divided by the size of
    /// the batch: the loss of <see cref="IModel.ComputeGradients"/> is a mean, so its gradient would be so already.
    /// With
    /// several heads, those of all heads side by side for each sample, as <see cref="IInferenceModel.Outputs"/> has
    /// them; weights of losses do not count.
    /// </param>
    /// <param name="accumulate">
    /// Whether the gradients are added to those in <see cref="IModel.Gradients"/> instead of replacing them, as
    /// <c>backward()</c> of PyTorch does always. <see cref="InputGradient"/> belongs to the last batch in any case. The
    /// penalties' part is added with each call. Default: false.
    /// </param>
    /// <exception cref="ArgumentException">The length is not that of the outputs; the call can be repeated.</exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="Forward"/> has not been called since the last <see cref="Backward"/>, another batch was computed or
    /// another input buffer asked for in between, or the model is in use.
    /// </exception>
    void Backward(ReadOnlySpan<float> outputGradient, bool accumulate = false);

    /// <summary>
    /// The gradient by the samples of the last batch, [batch, inputs], laid out as the samples are: that of the mean
    /// loss
    /// after <see cref="IModel.ComputeGradients"/>, that of what <see cref="Backward"/> was given otherwise. Inputs of
    /// tokens, among several inputs, have zeros.
    /// </summary>
    /// <returns>The gradient in the model's own memory: its next computation overwrites it.</returns>
    /// <exception cref="InvalidOperationException">
    /// The last batch had no backward pass, or all inputs are tokens, which have no gradient.
    /// </exception>
    ReadOnlySpan<float> InputGradient => throw new InvalidOperationException(
        $"expected a model with an input of numbers, but the inputs of {Description.Name} are tokens, "
            + "which have no gradient");
}
