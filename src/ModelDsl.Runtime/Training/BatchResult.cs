namespace ModelDsl;

/// <summary>The state of an epoch after one of its batches.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Epochs">The number of epochs of this training.</param>
/// <param name="Batch">The batch within the epoch, counted from 1.</param>
/// <param name="Batches">The number of batches of an epoch.</param>
/// <param name="Samples">The number of samples of this epoch so far.</param>
/// <param name="Loss">The mean loss over the epoch so far, as <see cref="EpochResult.Loss"/>.</param>
/// <param name="Accuracy">The share of the epoch's samples so far that were classified correctly; null for a loss
/// without classes.</param>
public readonly record struct BatchResult(
    int Epoch, int Epochs, int Batch, int Batches, int Samples, double Loss, double? Accuracy);
