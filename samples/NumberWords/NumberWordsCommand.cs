using System.CommandLine;
using MnistSample.Commands;
using MnistSample.Display;
using MnistSample.Reports;
using ModelDsl;
using Spectre.Console;

namespace NumberWordsSample;

/// <summary>
/// Trains a transformer to write numbers that are given in words, and measures it on numbers that it never saw.
/// </summary>
internal static class NumberWordsCommand
{
    private const int ShownMistakes = 10;

    private static readonly int[] Examples = [7, 40, 241, 1005, 70_000, 312_012, 999_999];

    /// <summary>Runs the program and returns its exit code.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error, Stop stop)
    {
        var root = new RootCommand("Trains a transformer to write numbers that are given in words as digits.");
        var study = new StudyOptions("number-words-output") { IsDataGenerated = true };
        Option<int> numbers = NumberOption.Whole("--numbers", "Training numbers to draw.", 30_000, 1, 1_000_000);
        Option<int> epochs = NumberOption.Whole("--epochs", "Passes over the training numbers.", 5, 1);
        Option<int> batchSize = BatchSizeOption.Create("Numbers", 128);
        Option<float> learningRate = NumberOption.Positive(
            "--learning-rate", "Adam's highest step size; it rises for a while, then falls to zero.", 2e-3f);
        study.AddTo(root);
        foreach (Option option in (Option[])[numbers, epochs, batchSize, learningRate])
        {
            root.Add(option);
        }

        study.SetAction(
            root,
            output,
            stop,
            (seed, parsed) => Numbers.Draw(seed, parsed.GetRequiredValue(numbers)),
            [OutputFolder.ModelFileName],
            (opened, parsed) => Run(
                Terminal.Create(output),
                opened,
                parsed.GetRequiredValue(epochs),
                parsed.GetRequiredValue(batchSize),
                parsed.GetRequiredValue(learningRate)));
        return new SampleProgram(output, error, stop).Run(root, args);
    }

    private static void Run(
        IAnsiConsole console, Study<Numbers> study, int epochs, int batchSize, float learningRate)
    {
        (Dataset train, int[] heldOut) = study.Data;
        BatchSizeOption.Check(batchSize, train.Count, "the training numbers");
        var model = new NumberReader(study.Seed);
        Terminal.WriteLine(
            console,
            $"{Figures.Count(NumberReader.Architecture.ParameterCount)} parameters, {Figures.Count(train.Count)} "
                + $"training and {Figures.Count(heldOut.Length)} held-out numbers");
        var trainer = new Trainer<NumberReader>(
            model, new Adam { LearningRate = learningRate, MaxGradientNorm = 1f });
        long steps = (long)epochs * (((train.Count - 1) / batchSize) + 1);
        long warmUp = Math.Max(1, steps / 20);
        TrainingDisplay.Run(console, display => study.Fit(
            trainer,
            train,
            new FitOptions
            {
                Epochs = epochs,
                BatchSize = batchSize,
                Seed = study.Seed,
                Schedule = LearningRateSchedule
                    .Cosine(learningRate, Math.Max(1, steps - warmUp))
                    .WithWarmUp(warmUp),
                Observers = [display],
            }));
        study.Output.Save(OutputFolder.ModelFileName, model.Save);
        Report(console, new Translator(model), heldOut, study.Cancellation);
    }

    private static void Report(
        IAnsiConsole console, Translator translator, int[] heldOut, CancellationToken cancellation)
    {
        Table table = Tables.Create(Tables.Text("Words"), Tables.Number("Written"));
        foreach (string words in Examples.Select(NumberText.Spell))
        {
            table.AddRow(words, translator.Translate(words)!);
        }

        console.Write(table);
        List<(int Number, string Written)> wrong = translator.FindWrong(heldOut, cancellation);
        foreach ((int number, string written) in wrong.Take(ShownMistakes))
        {
            Terminal.WriteLine(console, $"wrong: {NumberText.Spell(number)} is {number}, written as {written}");
        }

        int right = heldOut.Length - wrong.Count;
        Terminal.WriteLine(
            console,
            $"exact match {Figures.Percent((double)right / heldOut.Length)}: {Figures.Count(right)} of "
                + $"{Figures.Count(heldOut.Length)} numbers that were never trained on");
    }
}
