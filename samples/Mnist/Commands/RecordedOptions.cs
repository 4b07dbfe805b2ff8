using ModelDsl;

namespace MnistSample.Commands;

/// <summary>
/// Writes into checkpoints what the user asked for where the runtime cannot tell, so that a training goes on as it
/// began.
/// </summary>
/// <param name="options">The values of options by their names.</param>
internal sealed class RecordedOptions(Dictionary<string, string> options) : IResumableObserver
{
    public ObserverState SaveState() => new() { Texts = options };

    public void RestoreState(ObserverState state)
    {
        foreach ((string name, string value) in options)
        {
            if (state.Texts.GetValueOrDefault(name) is { } saved && saved != value)
            {
                throw new InvalidDataException(
                    $"{name}: expected {PrintableText.Escape(saved)}, with which the training began, got {value}");
            }
        }
    }
}
