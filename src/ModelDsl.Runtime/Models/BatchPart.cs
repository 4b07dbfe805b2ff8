namespace ModelDsl;

/// <summary>Which part of a batch some samples are, where the batch is computed part by part.</summary>
/// <param name="FirstSample">The place of the part's first sample in the batch, counted from 0.</param>
/// <param name="BatchSize">The number of samples of the whole batch.</param>
public readonly record struct BatchPart(int FirstSample, int BatchSize)
{
    /// <summary>
    /// Gradients are summed in blocks of so many samples: parts that begin at multiples of it, and have at least so
    /// many samples, give the bits of one pass over the whole batch.
    /// </summary>
    public const int BlockSize = BatchSum.BlockSamples;
}

/// <summary>
/// Computes the gradients of a batch part by part, so that its activations need not fit in memory, or several models
/// share the work.
/// </summary>
/// <remarks>
/// Dropout draws the masks of the whole batch, and penalties count once. Batch normalisation measures each part by
/// itself. See <c>docs/training.md</c> for when the gradients have the bits of one pass over the whole batch.
/// </remarks>
public static class BatchParts
{
    /// <summary>
    /// As <see cref="IModel.ComputeGradients"/>, for a part of a batch: the gradients of the first part replace those
    /// of the batch before, the gradients of the others are added. After the last part <see cref="IModel.Gradients"/>
    /// is the gradient of the whole batch. <see cref="IModel.TrainingStep"/> advances once, with the first part.
    /// </summary>
    /// <param name="model">A compiled model.</param>
    /// <param name="samples">The samples of the part, one after the other.</param>
    /// <param name="targets">
    /// Their targets. <see cref="Targets.TotalWeights"/> must be those of the whole batch
    /// (<see cref="ModelDescription.AddTotalWeights"/>).
    /// </param>
    /// <param name="part">The place of the part. Parts come in the order of the samples.</param>
    /// <returns>
    /// What the part adds to the mean loss of the batch. The penalties of weights come with the last part.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not match the model or each other, the part does not lie within the batch, a label is out of
    /// range, or the targets state no total weights. After a label out of range the batch begins anew.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The part before was not what the model computed last, or another caller is using the model.
    /// </exception>
    /// <exception cref="NotSupportedException">The model was not compiled.</exception>
    public static float ComputeGradients(
        this IModel model, ReadOnlySpan<float> samples, Targets targets, BatchPart part)
    {
        using ModelHold hold = Begin(model, samples, targets, out ModelState state, out int count);
        state.BeginPart(part, count);
        return Compute(model, state, samples, targets, part, count);
    }

    /// <summary>
    /// As <see cref="ComputeGradients(IModel, ReadOnlySpan{float}, Targets, BatchPart)"/>, for a part whose
    /// predecessors another model has computed, perhaps in another process. Models that share a batch have the same
    /// parameters, the same seed and the same <see cref="IModel.TrainingStep"/>, which advances.
    /// </summary>
    /// <param name="model">A compiled model.</param>
    /// <param name="samples">The samples of the part, one after the other.</param>
    /// <param name="targets">Their targets, with the total weights of the whole batch.</param>
    /// <param name="part">The place of the part.</param>
    /// <param name="before">
    /// The gradients of all parts before it, which the sums go on from: the result is the gradient of all parts up to
    /// this one, with the bits of one model that computed them all. Or empty: the result is the gradient of this part
    /// alone, and adding up the parts' gradients gives that of the batch up to rounding.
    /// </param>
    /// <returns>
    /// What the part adds to the mean loss of the batch. The penalties of weights come with the last part.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// As above; or the gradients before are not as many as the model's, or stand before the first part.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another caller is using the model.</exception>
    /// <exception cref="NotSupportedException">The model was not compiled.</exception>
    public static float ComputeGradients(
        this IModel model, ReadOnlySpan<float> samples, Targets targets, BatchPart part, ReadOnlySpan<float> before)
    {
        using ModelHold hold = Begin(model, samples, targets, out ModelState state, out int count);
        state.BeginPart(part, count, before);
        return Compute(model, state, samples, targets, part, count);
    }

    private static ModelHold Begin(
        IModel model, ReadOnlySpan<float> samples, Targets targets, out ModelState state, out int count)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelHold hold = model.Hold(ModelAccess.Change);
        try
        {
            state = hold.State
                ?? throw new NotSupportedException($"expected a compiled model, got {model.GetType().Name}");
            count = state.CheckSamples(samples);
            if (targets.TotalWeights.IsEmpty)
            {
                throw new ArgumentException(
                    "expected the total weights of the whole batch, which its parts are divided by, got none",
                    nameof(targets));
            }

            return hold;
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    private static float Compute(
        IModel model, ModelState state, ReadOnlySpan<float> samples, Targets targets, BatchPart part, int count)
    {
        BatchPart? next = null;
        try
        {
            float loss = model.ComputeGradients(samples, targets);
            if (part.FirstSample + count < part.BatchSize)
            {
                next = part with { FirstSample = part.FirstSample + count };
            }

            return loss;
        }
        finally
        {
            state.EndPart(next);
        }
    }
}
