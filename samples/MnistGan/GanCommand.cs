using System.CommandLine;
using System.Diagnostics;
using MnistSample;
using MnistSample.Commands;
using MnistSample.Display;
using MnistSample.Errors;
using MnistSample.Reports;
using ModelDsl;
using SkiaSharp;
using Spectre.Console;

namespace MnistGanSample;

/// <summary>Trains the two models, draws a sheet of digits, and lets a classifier judge them.</summary>
internal static class GanCommand
{
    private const string SheetName = "generated-digits.png";
    private const string ModelName = "generator.safetensors";
    private const int SheetColumns = 10;

    /// <summary>Runs the program and returns its exit code.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error, Stop stop)
    {
        var root = new RootCommand("Trains a generative adversarial network on MNIST, and judges what it draws.");
        var study = new StudyOptions("mnist-gan-output");
        Option<int> epochs = NumberOption.Whole("--epochs", "Passes over the training images.", 15, 1);
        Option<int> batchSize = BatchSizeOption.Create("Images", 128);
        Option<int> judgeEpochs = NumberOption.Whole(
            "--judge-epochs", "Passes over the training images for the classifier that judges.", 3, 1);
        Option<int> judged = NumberOption.Whole("--judged", "Images that are drawn for the judge.", 2000, 1, 100_000);
        study.AddTo(root);
        root.Add(epochs);
        root.Add(batchSize);
        root.Add(judgeEpochs);
        root.Add(judged);
        study.SetAction(
            root,
            output,
            stop,
            MnistMlp.Architecture,
            [SheetName, ModelName],
            (opened, parsed) => Run(
                Terminal.Create(output),
                opened,
                parsed.GetRequiredValue(epochs),
                parsed.GetRequiredValue(batchSize),
                parsed.GetRequiredValue(judgeEpochs),
                parsed.GetRequiredValue(judged)));
        return new SampleProgram(output, error, stop).Run(root, args);
    }

    private static void Run(
        IAnsiConsole console, Study<MnistData> study, int epochs, int batchSize, int judgeEpochs, int judged)
    {
        Dataset images = study.Data.Train;
        BatchSizeOption.Check(batchSize, images.Count, "the training images");
        var training = new AdversarialTraining(study.Seed, batchSize);
        Train(console, study, training, epochs, batchSize);
        study.Output.Save(ModelName, path => ModelFile.Save(path, training.Generator));
        study.Output.Write(SheetName, Sheet(training));

        var judge = new Judge(study, judgeEpochs);
        Report(console, judge, training.DrawImages(judged, seed: 2), judged);
    }

    private static void Train(
        IAnsiConsole console, Study<MnistData> study, AdversarialTraining training, int epochs, int batchSize)
    {
        Dataset images = study.Data.Train;
        study.Load(training.Checkpoint);
        int batches = images.Count / batchSize;
        var watch = Stopwatch.StartNew();
        for (int epoch = (int)(training.StepsTaken / batches) + 1; epoch <= epochs; epoch++)
        {
            int[] order = training.OrderOf(epoch, images.Count);
            for (int batch = (int)(training.StepsTaken % batches); batch < batches; batch++)
            {
                if (study.Cancellation.IsCancellationRequested)
                {
                    throw Stopped(study, training);
                }

                training.Step(images, order.AsSpan(batch * batchSize, batchSize));
            }

            (double generator, double discriminator) = training.TakeLosses();
            Terminal.WriteLine(
                console,
                $"epoch {epoch} of {epochs}: generator {Figures.Loss(generator / batches)}, "
                    + $"discriminator {Figures.Loss(discriminator / batches)}, {Figures.Duration(watch.Elapsed)}");
            study.Save(training.Checkpoint);
        }
    }

    private static StoppedException Stopped(Study<MnistData> study, AdversarialTraining training)
    {
        if (training.StepsTaken > 0)
        {
            study.Save(training.Checkpoint);
        }

        return study.StoppedAfter(training.StepsTaken);
    }

    private static byte[] Sheet(AdversarialTraining training)
    {
        int pixels = DigitGenerator.Architecture.OutputShape.Count;
        float[] drawn = training.DrawImages(SheetColumns * SheetColumns, seed: 1);
        SKColor[][] images = [.. drawn.Chunk(pixels).Select(image => ImageGrid.Gray(image))];
        return ImageGrid.Draw(images, SheetColumns);
    }

    private static void Report(IAnsiConsole console, Judge judge, float[] images, int count)
    {
        (int Count, double Certainty)[] found = judge.Classify(images);
        Table table = Tables.Create(
            Tables.Text("Class"), Tables.Number("Drawn"), Tables.Number("Share"), Tables.Number("Certainty"));
        for (int digit = 0; digit < found.Length; digit++)
        {
            table.AddRow(
                $"{digit}",
                Figures.Count(found[digit].Count),
                Figures.Percent((double)found[digit].Count / count),
                found[digit].Count == 0 ? "" : Figures.Percent(found[digit].Certainty));
        }

        console.Write(table);
        int drawn = found.Count(one => one.Count >= count / 100);
        double certainty = found.Sum(one => one.Count * one.Certainty) / count;
        Terminal.WriteLine(
            console,
            $"The judge, right about {Figures.Percent(judge.Accuracy)} of the test images, finds {drawn} of {found.Length} "
                + $"classes with at least 1 % of the drawn images each, and is {Figures.Percent(certainty)} sure on average.");
    }
}
