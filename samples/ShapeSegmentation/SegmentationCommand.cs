using System.CommandLine;
using MnistSample.Commands;
using MnistSample.Display;
using MnistSample.Reports;
using ModelDsl;
using SkiaSharp;
using Spectre.Console;

namespace ShapeSegmentationSample;

/// <summary>Trains a U-Net on drawn shapes, measures it on others, and shows what it says of some images.</summary>
internal static class SegmentationCommand
{
    private const string SheetName = "segmentations.png";
    private const int ShownImages = 12;

    private static readonly SKColor[] ClassColors =
        [Palette.Faint, Palette.Right, Palette.Wrong, new(0x16, 0xa3, 0x4a)];

    /// <summary>Runs the program and returns its exit code.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error, Stop stop)
    {
        var root = new RootCommand("Trains a U-Net to say which pixels of a noisy image show which shape.");
        var study = new StudyOptions("shape-segmentation-output") { IsDataGenerated = true };
        Option<int> images = NumberOption.Whole("--images", "Training images to draw.", 4000, 1, 100_000);
        Option<int> testImages = NumberOption.Whole(
            "--test-images", "Images to draw and to measure on.", 500, 1, 100_000);
        Option<int> epochs = NumberOption.Whole("--epochs", "Passes over the training images.", 8, 1);
        Option<int> batchSize = BatchSizeOption.Create("Images", 16);
        study.AddTo(root);
        foreach (Option option in (Option[])[images, testImages, epochs, batchSize])
        {
            root.Add(option);
        }

        study.SetAction(
            root,
            output,
            stop,
            (seed, parsed) => ShapeImages.Draw(
                seed, parsed.GetRequiredValue(images), parsed.GetRequiredValue(testImages)),
            [SheetName, OutputFolder.ModelFileName],
            (opened, parsed) => Run(
                Terminal.Create(output),
                opened,
                parsed.GetRequiredValue(epochs),
                parsed.GetRequiredValue(batchSize)));
        return new SampleProgram(output, error, stop).Run(root, args);
    }

    private static void Run(IAnsiConsole console, Study<ShapeImages> study, int epochs, int batchSize)
    {
        const float LearningRate = 2e-3f;
        (Dataset train, Dataset test) = study.Data;
        BatchSizeOption.Check(batchSize, train.Count, "the training images");
        var model = new UNet(study.Seed);
        Terminal.WriteLine(
            console,
            $"{Figures.Count(UNet.Architecture.ParameterCount)} parameters, {Figures.Count(train.Count)} training and "
                + $"{Figures.Count(test.Count)} test images");
        var trainer = new Trainer<UNet>(model, new Adam { LearningRate = LearningRate });
        long steps = (long)epochs * (((train.Count - 1) / batchSize) + 1);
        TrainingDisplay.Run(console, display => study.Fit(
            trainer,
            train,
            new FitOptions
            {
                Epochs = epochs,
                BatchSize = batchSize,
                Seed = study.Seed,
                Schedule = LearningRateSchedule.Cosine(LearningRate, steps),
                Observers = [display],
            }));
        study.Output.Save(OutputFolder.ModelFileName, model.Save);
        int[] answers = Segmentation.Predict(model, test, study.Cancellation);
        Report(console, test, answers);
        study.Output.Write(SheetName, Sheet(test, answers));
    }

    private static void Report(IAnsiConsole console, Dataset test, int[] answers)
    {
        int[] truth = new int[answers.Length];
        test.GatherLabels([.. Enumerable.Range(0, test.Count)], truth);
        double?[] ious = Segmentation.IntersectionsOverUnions(truth, answers, ShapeImages.Classes);
        Table table = Tables.Create(Tables.Text("Class"), Tables.Number("Pixels"), Tables.Number("IoU"));
        for (int i = 0; i < ious.Length; i++)
        {
            table.AddRow(
                ShapeImages.ClassNames[i], Figures.Count(truth.Count(label => label == i)), Figures.Percent(ious[i]));
        }

        console.Write(table);
        double right = answers.Zip(truth).Count(pair => pair.First == pair.Second) / (double)truth.Length;
        Terminal.WriteLine(
            console, $"mean IoU {Figures.Percent(ious.Average())}, {Figures.Percent(right)} of the pixels are right");
    }

    private static byte[] Sheet(Dataset test, int[] answers)
    {
        int pixels = test.SampleShape.Count;
        List<SKColor[]> pictures = [];
        int[] truth = new int[pixels];
        for (int i = 0; i < Math.Min(ShownImages, test.Count); i++)
        {
            test.GatherLabels([i], truth);
            pictures.Add(ImageGrid.Gray(test.GetSample(i)));
            pictures.Add(Array.ConvertAll(truth, label => ClassColors[label]));
            pictures.Add(Array.ConvertAll(answers[(i * pixels)..((i + 1) * pixels)], label => ClassColors[label]));
        }

        return ImageGrid.Draw(pictures, 6, "image", "truth", "prediction", "image", "truth", "prediction");
    }
}
