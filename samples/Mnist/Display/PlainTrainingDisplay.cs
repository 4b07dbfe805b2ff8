using ModelDsl;
using Spectre.Console;

namespace MnistSample.Display;

/// <summary>Writes one line an epoch, for output that goes to a file.</summary>
internal sealed class PlainTrainingDisplay(IAnsiConsole console, TrainingProgress progress) : ITrainingObserver
{
    public void OnEpochStarted(int epoch, int epochs, int batches) => progress.StartEpoch(epoch, epochs, batches);

    public void OnBatchCompleted(in BatchResult result) => progress.CompleteBatch(result);

    public void OnEpochCompleted(EpochResult result)
    {
        int epochs = progress.Batch.Epochs;
        string validation = result.ValidationLoss is null
            ? ""
            : $"  validation loss {Figures.Loss(result.ValidationLoss)}, "
                + $"accuracy {Figures.Percent(result.ValidationAccuracy)}";
        string left = result.Epoch == epochs ? "" : $"  {Figures.Duration(progress.Remaining)} left";
        Terminal.WriteLine(
            console,
            $"epoch {result.Epoch}/{epochs}  loss {Figures.Loss(result.Loss)}, accuracy {Figures.Percent(result.Accuracy)}"
                + $"{validation}  {Figures.Count(result.SamplesPerSecond)} images/s{left}");
    }
}
