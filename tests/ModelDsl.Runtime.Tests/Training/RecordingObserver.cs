namespace ModelDsl.Runtime.Tests.Training;

/// <summary>Keeps all that it is told.</summary>
internal sealed class RecordingObserver : ITrainingObserver
{
    public List<(int Epoch, int Epochs, int Batches)> Started { get; } = [];

    public List<BatchResult> Batches { get; } = [];

    public List<EpochResult> Completed { get; } = [];

    public Action<BatchResult>? OnBatch { get; init; }

    public Action<int>? OnEpoch { get; init; }

    public void OnEpochStarted(int epoch, int epochs, int batches)
    {
        Started.Add((epoch, epochs, batches));
        OnEpoch?.Invoke(epoch);
    }

    public void OnBatchCompleted(in BatchResult result)
    {
        Batches.Add(result);
        OnBatch?.Invoke(result);
    }

    public void OnEpochCompleted(EpochResult result) => Completed.Add(result);
}
