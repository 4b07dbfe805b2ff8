namespace ModelDsl;

/// <summary>
/// Watches a training, for example to show its progress or to change the learning rate. Called on the training thread;
/// an exception ends the training.
/// </summary>
public interface ITrainingObserver
{
    /// <summary>An epoch begins.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <param name="epochs">The number of epochs of this training.</param>
    /// <param name="batches">The number of batches of an epoch.</param>
    void OnEpochStarted(int epoch, int epochs, int batches)
    {
    }

    /// <summary>A batch was trained on. Called for every batch: it should not allocate.</summary>
    void OnBatchCompleted(in BatchResult result)
    {
    }

    /// <summary>An epoch, with its validation, is over.</summary>
    void OnEpochCompleted(EpochResult result)
    {
    }
}
