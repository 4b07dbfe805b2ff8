using System.Globalization;
using ModelDsl;

namespace MnistSample.Commands;

/// <summary>
/// Writes into checkpoints what the user asked for where the runtime cannot tell, so that a training goes on as it
/// began.
/// </summary>
internal sealed class RecordedOptions(TrainOptions options) : IResumableObserver
{
    private readonly Dictionary<string, string> _options = new()
    {
        ["--learning-rate"] = options.LearningRate.ToString(CultureInfo.InvariantCulture),
        ["--augment"] = options.Augment ? "yes" : "no",
        ["--precision"] = ModelOption.NameOf(options.Precision),
    };

    public ObserverState SaveState() => new() { Texts = _options };

    public void RestoreState(ObserverState state)
    {
        foreach ((string name, string value) in _options)
        {
            if (state.Texts.GetValueOrDefault(name) is { } saved && saved != value)
            {
                throw new InvalidDataException(
                    $"{name}: expected {PrintableText.Escape(saved)}, with which the training began, got {value}");
            }
        }
    }
}
