using ModelDsl;

namespace MnistSample.Commands;

/// <summary>
/// Lets the learning rate fall along half a cosine from its initial value to zero: step t of T is taken with
/// initial · ½(1 + cos(π·t/T)). Loshchilov and Hutter (2017), without restarts.
/// </summary>
/// <param name="optimizer">Whose learning rate falls.</param>
/// <param name="inner">What else watches the training.</param>
internal sealed class CosineDecay(IOptimizer optimizer, ITrainingObserver inner) : ITrainingObserver
{
    private readonly float _initial = optimizer.LearningRate;

    public void OnEpochStarted(int epoch, int epochs, int batches) => inner.OnEpochStarted(epoch, epochs, batches);

    public void OnBatchCompleted(in BatchResult result)
    {
        double done = (result.Epoch - 1 + ((double)result.Batch / result.Batches)) / result.Epochs;
        optimizer.LearningRate = (float)(_initial * 0.5 * (1 + Math.Cos(Math.PI * done)));
        inner.OnBatchCompleted(result);
    }

    public void OnEpochCompleted(EpochResult result) => inner.OnEpochCompleted(result);
}
