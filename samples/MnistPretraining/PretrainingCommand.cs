using System.CommandLine;
using System.Globalization;
using MnistSample.Commands;
using MnistSample.Display;
using MnistSample.Errors;
using ModelDsl;
using Spectre.Console;

namespace MnistPretrainingSample;

/// <summary>
/// Shows by table and plot, over several seeds, what pre-training without labels gains where labels are few.
/// </summary>
internal static class PretrainingCommand
{
    private const string PlotName = "pretraining.png";

    /// <summary>Runs the program and returns its exit code.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error, Stop stop)
    {
        var root = new RootCommand(
            "Pre-trains an encoder on MNIST without labels, and fine-tunes it with few of them.");
        var study = new StudyOptions("mnist-pretraining-output");
        Option<int> seeds = NumberOption.Whole("--seeds", "Seeds to compare, from --seed on.", 5, 1, 1000);
        Option<float> labelled = NumberOption.Probability(
            "--labelled", "The share of the training images with labels.", 0.01f);
        Option<int> pretraining = NumberOption.Whole(
            "--pretraining-epochs", "Passes over all images without labels.", 10, 1);
        Option<int> epochs = NumberOption.Whole(
            "--epochs",
            "Passes over the images with labels for the last layer, then for all; from scratch both at once.",
            60,
            1,
            1_000_000_000);
        study.AddTo(root);
        root.Add(seeds);
        root.Add(labelled);
        root.Add(pretraining);
        root.Add(epochs);
        study.SetAction(root, output, stop, DigitClassifier.Architecture, [PlotName], (opened, parsed) =>
        {
            CheckShare(parsed.GetRequiredValue(labelled), opened.Data.Train.Count);
            IAnsiConsole console = Terminal.Create(output);
            List<Comparison> comparisons = [];
            var done = new LoopCheckpoint();
            opened.Load(done);
            for (int i = 0; i < parsed.GetRequiredValue(seeds); i++)
            {
                ulong seed = opened.Seed + (ulong)i;
                Comparison comparison = Comparison.Find(done.Numbers, seed) ?? Comparison.Run(
                    opened,
                    seed,
                    parsed.GetRequiredValue(labelled),
                    parsed.GetRequiredValue(pretraining),
                    parsed.GetRequiredValue(epochs));
                comparisons.Add(comparison);
                comparison.Keep(done.Numbers);
                opened.Save(done);
                Comparison.Discard(opened, seed);
                Terminal.WriteLine(
                    console,
                    $"seed {comparison.Seed}: {Figures.Percent(comparison.Scratch)} from scratch, "
                        + $"{Figures.Percent(comparison.FineTuned)} after pre-training");
            }

            Report(console, comparisons);
            opened.Output.Write(PlotName, ComparisonPlot.Draw(comparisons));
        });
        return new SampleProgram(output, error, stop).Run(root, args);
    }

    private static void CheckShare(float share, int images)
    {
        if (Math.Round((double)share * images) is var labelled && (labelled == 0 || labelled == images))
        {
            string part = share.ToString("0.###### %", CultureInfo.InvariantCulture);
            throw new UserErrorException(
                $"--labelled: expected a share with which some of {images} images have a label and some none, got {part}");
        }
    }

    private static void Report(IAnsiConsole console, List<Comparison> comparisons)
    {
        Table table = Tables.Create(
            Tables.Text("Seed"),
            Tables.Number("From scratch"),
            Tables.Number("Frozen encoder"),
            Tables.Number("Fine-tuned"),
            Tables.Number("Gain in points"));
        foreach (Comparison one in comparisons)
        {
            AddRow($"{one.Seed}", one.Scratch, one.Frozen, one.FineTuned, one.Gain);
        }

        AddRow(
            "mean",
            comparisons.Average(one => one.Scratch),
            comparisons.Average(one => one.Frozen),
            comparisons.Average(one => one.FineTuned),
            comparisons.Average(one => one.Gain));
        console.Write(table);

        void AddRow(string name, double scratch, double frozen, double tuned, double gain) => table.AddRow(
            name,
            Figures.Percent(scratch),
            Figures.Percent(frozen),
            Figures.Percent(tuned),
            (100 * gain).ToString("0.00", CultureInfo.InvariantCulture));
    }
}
