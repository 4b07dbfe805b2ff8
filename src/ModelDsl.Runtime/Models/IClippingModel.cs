namespace ModelDsl;

/// <summary>
/// A model that clips the gradient of each sample by itself, so that no sample can change a step by more than a set
/// norm: what private training is made of (Abadi et al., "Deep Learning with Differential Privacy", 2016). The
/// generator implements it for models marked with <c>[Model(PerSampleClipping = true)]</c>; see <c>docs/privacy.md</c>.
/// </summary>
/// <remarks>
/// The loss of a sample is what <see cref="IModel.ComputeGradients"/> returns for a batch of it alone, penalties
/// included. The gradients of all samples are never in memory at once: their norms are computed without them where a
/// layer allows it, and one sample after the other where it does not.
/// </remarks>
public interface IClippingModel : IModel
{
    /// <summary>
    /// Runs one batch in training mode and fills <see cref="IModel.Gradients"/> with Σ gᵢ·min(1, maxNorm/‖gᵢ‖), the
    /// <em>sum</em> over the samples of their clipped gradients; advances <see cref="IModel.TrainingStep"/>.
    /// </summary>
    /// <param name="samples">The samples, one after the other: a multiple of the input's size.</param>
    /// <param name="targets">As in <see cref="IModel.ComputeGradients"/>.</param>
    /// <param name="maxNorm">The norm C that the gradient of each sample, over all parameters, is clipped to;
    /// positive.</param>
    /// <returns>The mean loss of the samples, with penalties. Nothing of it is clipped.</returns>
    /// <exception cref="ArgumentException">The lengths do not match the model or each other, or a label is out of
    /// range.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNorm"/> is not positive and finite.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model is in use, by another thread or further up the stack, or comes from
    /// <see cref="IInferenceModel{TSelf}.ForInference"/>.
    /// </exception>
    float ComputeClippedGradients(ReadOnlySpan<float> samples, Targets targets, float maxNorm);

    /// <summary>
    /// The norm of the gradient of each sample of the last batch, before clipping, valid until the next one: a maximal
    /// norm around its median is a good start. It is not private.
    /// </summary>
    ReadOnlySpan<float> SampleNorms { get; }
}
