using System.Globalization;
using System.Text;
using ModelDsl;

namespace MnistSample.Reports;

/// <summary>A training's history as comma-separated values: a line an epoch, points whatever the culture.</summary>
internal static class HistoryCsv
{
    private const string Header =
        "epoch,loss,accuracy,validation_loss,validation_accuracy,images_per_second,training_seconds,validation_seconds";

    /// <summary>The file's text. Figures that an epoch does not have are empty.</summary>
    public static string Format(History history)
    {
        StringBuilder text = new StringBuilder(Header).Append('\n');
        foreach (EpochResult epoch in history.Epochs)
        {
            text.AppendJoin(
                ',',
                epoch.Epoch.ToString(CultureInfo.InvariantCulture),
                Number(epoch.Loss, "0.000000"),
                Number(epoch.Accuracy, "0.000000"),
                Number(epoch.ValidationLoss, "0.000000"),
                Number(epoch.ValidationAccuracy, "0.000000"),
                Number(epoch.SamplesPerSecond, "0"),
                Number(epoch.TrainingTime.TotalSeconds, "0.000"),
                Number(epoch.ValidationTime.TotalSeconds, "0.000")).Append('\n');
        }

        return text.ToString();
    }

    private static string Number(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
