using System.CommandLine;
using MnistSample.Commands;
using MnistSample.Display;
using MnistSample.Reports;
using ModelDsl;
using SkiaSharp;
using Spectre.Console;

namespace MnistSaliencySample;

/// <summary>
/// Trains a small network and shows, for one test image of each digit, which pixels its answer comes from.
/// </summary>
internal static class SaliencyCommand
{
    private const string SheetName = "explanations.png";

    /// <summary>Runs the program and returns its exit code.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error, Stop stop)
    {
        var root = new RootCommand("Trains a small network on MNIST, and shows which pixels its answers come from.");
        var study = new StudyOptions("mnist-saliency-output");
        Option<int> epochs = NumberOption.Whole("--epochs", "Passes over the training images.", 3, 1);
        study.AddTo(root);
        root.Add(epochs);
        study.SetAction(
            root,
            output,
            stop,
            DigitReader.Architecture,
            [SheetName],
            (opened, parsed) => Run(Terminal.Create(output), opened, parsed.GetRequiredValue(epochs)));
        return new SampleProgram(output, error, stop).Run(root, args);
    }

    private static void Run(IAnsiConsole console, Study<MnistData> study, int epochs)
    {
        var model = new DigitReader(study.Seed);
        var trainer = new Trainer<DigitReader>(model, new Adam { LearningRate = 1e-3f });
        study.Fit(trainer, study.Data.Train, new FitOptions { Epochs = epochs, BatchSize = 64, Seed = study.Seed });
        Evaluation evaluation = trainer.Evaluate(study.Data.Test, cancellationToken: study.Cancellation);
        Terminal.WriteLine(console, $"test accuracy {Figures.Percent(evaluation.Accuracy)}");

        var explanations = new Explanations(model);
        float[] black = new float[model.Description.InputShape.Count];
        List<SKColor[]> pictures = [];
        Table table = Tables.Create(
            Tables.Text("Digit"),
            Tables.Number("Logit"),
            Tables.Number("Logit of black"),
            Tables.Number("Sum of attributions"));
        foreach (int index in FirstOfEachClass(study.Data.Test))
        {
            study.Cancellation.ThrowIfCancellationRequested();
            float[] image = study.Data.Test.GetSample(index);
            int digit = study.Data.Test.GetLabel(index);
            float[] attributions = explanations.IntegratedGradients(image, black, digit);
            pictures.AddRange(
            [
                ImageGrid.Gray(image),
                ImageGrid.Signed(explanations.Saliency(image, digit)),
                ImageGrid.Signed(attributions),
                ImageGrid.Signed(explanations.Occlusion(image, digit)),
            ]);
            table.AddRow(
                $"{digit}",
                Figures.Loss(explanations.Logit(image, digit)),
                Figures.Loss(explanations.Logit(black, digit)),
                Figures.Loss(attributions.Sum()));
        }

        console.Write(table);
        Terminal.WriteLine(
            console, "The sum of the integrated gradients is the difference of the two logits (completeness).");
        study.Output.Write(SheetName, ImageGrid.Draw(pictures, 4, "image", "saliency", "integrated", "occlusion"));
    }

    private static IEnumerable<int> FirstOfEachClass(Dataset images) =>
        Enumerable.Range(0, images.Count).DistinctBy(images.GetLabel).OrderBy(images.GetLabel);
}
