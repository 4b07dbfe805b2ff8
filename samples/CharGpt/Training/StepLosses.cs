using ModelDsl;

namespace CharGptSample.Training;

/// <summary>Keeps the loss of every step, also over a stop.</summary>
internal sealed class StepLosses : IResumableObserver
{
    private const string Key = "losses";

    private readonly List<float> _losses = [];

    /// <summary>The loss of each step so far.</summary>
    public IReadOnlyList<float> Losses => _losses;

    public void OnBatchCompleted(in BatchResult result) => _losses.Add((float)result.BatchLoss);

    public ObserverState SaveState() => new() { Tensors = { [Key] = [.. _losses] } };

    public void RestoreState(ObserverState state)
    {
        _losses.Clear();
        _losses.AddRange(state.Tensors.GetValueOrDefault(Key) ?? []);
    }
}
