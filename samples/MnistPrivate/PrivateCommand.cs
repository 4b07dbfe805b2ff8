using System.CommandLine;
using MnistSample.Commands;
using MnistSample.Display;
using ModelDsl;
using Spectre.Console;
using static System.FormattableString;

namespace MnistPrivateSample;

/// <summary>Trains a network on MNIST that reveals little of any single image, and says how little.</summary>
internal static class PrivateCommand
{
    private const string ModelName = "private-digits.safetensors";

    // Well below 1 over the number of training images.
    private const double Delta = 1e-5;

    /// <summary>Runs the program and returns its exit code.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error, Stop stop)
    {
        var root = new RootCommand("Trains a network on MNIST that reveals little of any single image.");
        var study = new StudyOptions("mnist-private-output") { IsSeedSecret = true };
        Option<int> epochs = NumberOption.Whole("--epochs", "Passes over the training images.", 16, 1);
        Option<int> batchSize = NumberOption.Whole("--batch-size", "Images of a step, in the mean.", 512, 1);
        Option<float> epsilon = NumberOption.Positive("--epsilon", "The privacy budget of the whole training.", 3f);
        Option<float> norm = NumberOption.Positive("--norm", "What the gradient of each image is clipped to.", 0.1f);
        Option<float> rate = NumberOption.Positive("--rate", "The learning rate.", 0.5f);
        study.AddTo(root);
        foreach (Option option in (Option[])[epochs, batchSize, epsilon, norm, rate])
        {
            root.Add(option);
        }

        study.SetAction(root, output, stop, PrivateDigits.Architecture, [ModelName], (opened, parsed) =>
        {
            var options = new FitOptions
            {
                Epochs = parsed.GetRequiredValue(epochs),
                BatchSize = parsed.GetRequiredValue(batchSize),
                Validation = opened.Data.Test,
                Privacy = new DifferentialPrivacy
                {
                    MaxGradientNorm = parsed.GetRequiredValue(norm),
                    TargetEpsilon = parsed.GetRequiredValue(epsilon),
                    Delta = Delta,

                    // So that the figures can be had again. Where the images are somebody's secret, so is the seed.
                    Seed = opened.Seed,
                },
            };
            Train(Terminal.Create(output), opened, options, parsed.GetRequiredValue(rate));
        });
        return new SampleProgram(output, error, stop).Run(root, args);
    }

    private static void Train(IAnsiConsole console, Study<MnistData> study, FitOptions options, float rate)
    {
        var model = new PrivateDigits(study.Seed);
        var optimizer = new Sgd { LearningRate = rate, Momentum = 0.9f };
        History history = study.Fit(
            new Trainer<PrivateDigits>(model, optimizer),
            study.Data.Train,
            options with { Observers = [new PrivacyDisplay(console)] });
        study.Output.Save(ModelName, model.Save);
        PrivacySpent spent = history.Privacy!;
        string accuracy = Figures.Percent(history.Last.ValidationAccuracy);
        Terminal.WriteLine(
            console, Invariant($"test accuracy {accuracy} at epsilon {spent.Epsilon:F2}, delta {spent.Delta}"));
    }

    /// <summary>Says after each epoch what was learnt and what it has revealed.</summary>
    private sealed class PrivacyDisplay(IAnsiConsole console) : ITrainingObserver
    {
        private TrainingRun? _run;

        public void OnStarted(TrainingRun run)
        {
            _run = run;
            Terminal.WriteLine(
                console,
                Invariant($"{run.LastStep} steps, noise multiplier {run.PrivacySpent!.NoiseMultiplier:F3}, ")
                    + Invariant($"sample rate {run.PrivacySpent.SampleRate:F5}"));
        }

        public void OnEpochCompleted(EpochResult result) => Terminal.WriteLine(
            console,
            Invariant($"epoch {result.Epoch}: test accuracy {Figures.Percent(result.ValidationAccuracy)}, ")
                + Invariant($"epsilon {_run!.PrivacySpent!.Epsilon:F2}, {result.TrainingTime.TotalSeconds:F1} s"));
    }
}
