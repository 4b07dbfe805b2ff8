using System.Globalization;

namespace ModelDsl;

/// <summary>
/// Writes a line of comma-separated values for each epoch as it ends, with points whatever the culture. As Keras'
/// <c>CSVLogger</c>.
/// </summary>
/// <remarks>
/// A training that goes on from a checkpoint keeps the lines of the epochs before it and writes those after it anew. Each
/// line is on the disk when the epoch's observers have been called.
/// </remarks>
public sealed class CsvLogger : ITrainingObserver
{
    private const string Header =
        "epoch,step,loss,accuracy,validation_loss,validation_accuracy,samples_per_second,training_seconds,validation_seconds";

    private readonly string _path;
    private TrainingRun? _run;
    private bool _hasBegun;

    /// <summary>Writes to a file, which is replaced when the first epoch is over.</summary>
    public CsvLogger(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
    }

    /// <summary>A history as the file's text. Figures that an epoch does not have are empty.</summary>
    public static string Format(IEnumerable<EpochResult> epochs)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        return string.Join('\n', [Header, .. epochs.Select(Line), ""]);
    }

    /// <inheritdoc />
    public void OnStarted(TrainingRun run) => (_run, _hasBegun) = (run, false);

    /// <inheritdoc />
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void OnEpochCompleted(EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (_run is null)
        {
            return;
        }

        // The first time all lines: what a killed training wrote after its last checkpoint does not stay.
        if (!_hasBegun)
        {
            _hasBegun = true;
            File.WriteAllText(_path, Format(_run.History.Epochs));
            return;
        }

        File.AppendAllText(_path, Line(result) + "\n");
    }

    private static string Line(EpochResult epoch) => string.Join(
        ',',
        epoch.Epoch.ToString(CultureInfo.InvariantCulture),
        epoch.Step.ToString(CultureInfo.InvariantCulture),
        Number(epoch.Loss, "0.000000"),
        Number(epoch.Accuracy, "0.000000"),
        Number(epoch.ValidationLoss, "0.000000"),
        Number(epoch.ValidationAccuracy, "0.000000"),
        Number(epoch.SamplesPerSecond, "0"),
        Number(epoch.TrainingTime.TotalSeconds, "0.000"),
        Number(epoch.ValidationTime.TotalSeconds, "0.000"));

    private static string Number(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
