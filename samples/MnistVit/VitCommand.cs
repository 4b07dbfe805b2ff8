using System.CommandLine;
using MnistSample.Commands;
using MnistSample.Display;
using MnistSample.Reports;
using ModelDsl;
using Spectre.Console;

namespace MnistVitSample;

/// <summary>
/// Trains a vision transformer, and shows what it reads wrong and what it learnt about where patches are.
/// </summary>
internal static class VitCommand
{
    private const string PositionsName = "positions.png";
    private const string WorstName = "worst-digits.png";

    /// <summary>Runs the program and returns its exit code.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error, Stop stop)
    {
        var root = new RootCommand("Trains a vision transformer on MNIST.");
        var study = new StudyOptions("mnist-vit-output");
        Option<int> epochs = NumberOption.Whole("--epochs", "Passes over the training images.", 10, 1);
        Option<int> batchSize = BatchSizeOption.Create("Images", 128);
        Option<float> learningRate = NumberOption.Positive(
            "--learning-rate", "AdamW's highest step size; it rises for an epoch, then falls to zero.", 2e-3f);
        study.AddTo(root);
        root.Add(epochs);
        root.Add(batchSize);
        root.Add(learningRate);
        study.SetAction(
            root,
            output,
            stop,
            VisionTransformer.Architecture,
            [PositionsName, WorstName, OutputFolder.ModelFileName],
            (opened, parsed) => Run(
                Terminal.Create(output),
                opened,
                parsed.GetRequiredValue(epochs),
                parsed.GetRequiredValue(batchSize),
                parsed.GetRequiredValue(learningRate)));
        return new SampleProgram(output, error, stop).Run(root, args);
    }

    private static void Run(IAnsiConsole console, Study<MnistData> study, int epochs, int batchSize, float learningRate)
    {
        Dataset images = study.Data.Train;
        BatchSizeOption.Check(batchSize, images.Count, "the training images");
        var model = new VisionTransformer(study.Seed);
        Terminal.WriteLine(
            console,
            $"{Figures.Count(VisionTransformer.Architecture.ParameterCount)} parameters, "
                + $"{Figures.Count(images.Count)} training and {Figures.Count(study.Data.Test.Count)} test images");
        var trainer = new Trainer<VisionTransformer>(
            model, new AdamW { LearningRate = learningRate, WeightDecay = 0.05f, MaxGradientNorm = 1f });
        Train(console, study, trainer, epochs, batchSize, learningRate);
        study.Output.Save(OutputFolder.ModelFileName, model.Save);
        Evaluation evaluation = trainer.Evaluate(study.Data.Test, cancellationToken: study.Cancellation);
        Terminal.WriteLine(
            console, $"test accuracy {Figures.Percent(evaluation.Accuracy)}, loss {Figures.Loss(evaluation.Loss)}");
        study.Output.Write(PositionsName, PositionSimilarities.Draw(model.PositionEmbedding1Weight));
        IReadOnlyList<MisreadImage> worst = MisreadImages.FindWorst(
            model, study.Data.Test, WorstImagesSheet.Capacity);
        study.Output.Write(WorstName, WorstImagesSheet.Draw(worst, study.Data.Test.ClassNames));
    }

    private static void Train(
        IAnsiConsole console,
        Study<MnistData> study,
        Trainer<VisionTransformer> trainer,
        int epochs,
        int batchSize,
        float learningRate)
    {
        Dataset images = study.Data.Train;
        long stepsPerEpoch = ((images.Count - 1) / batchSize) + 1;

        // Attention has to learn what a convolution is built for, that a shifted digit is the same one.
        using PrefetchedSource augmented = images
            .Augment(study.Seed, Augmentation.Shift(2), Augmentation.Rotate(10f), Augmentation.Scale(0.9f, 1.1f))
            .Prefetch();
        TrainingDisplay.Run(console, display => study.Fit(
            trainer,
            augmented,
            new FitOptions
            {
                Epochs = epochs,
                BatchSize = batchSize,
                Seed = study.Seed,
                Schedule = LearningRateSchedule
                    .Cosine(learningRate, Math.Max(1, (epochs - 1) * stepsPerEpoch))
                    .WithWarmUp(stepsPerEpoch),
                Observers = [display],
            }));
    }
}
