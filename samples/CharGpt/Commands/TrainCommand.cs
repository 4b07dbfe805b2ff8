using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CharGptSample.Reports;
using CharGptSample.Text;
using CharGptSample.Training;
using MnistSample.Commands;
using MnistSample.Display;
using MnistSample.Errors;
using MnistSample.Reports;
using ModelDsl;
using Spectre.Console;

namespace CharGptSample.Commands;

/// <summary>Trains, shows how it goes, writes the results, and lets the model write.</summary>
internal sealed class TrainCommand(TextWriter output, Stop stop)
{
    private const string CheckpointName = "checkpoint.safetensors";
    private const string CurvesName = "curves.png";
    private const string SampleName = "sample.txt";

    // The text is written into a file as a whole.
    private readonly SamplingOptions _sampling = new(mostCharacters: 1_000_000);

    private readonly Option<FileInfo> _text = new("--text")
    {
        Description = "The text to learn from, in UTF-8. Default: the first 22 chapters of Moby-Dick.",
        HelpName = "FILE",
        CustomParser = PathOption.ParseFile,
    };

    private readonly Option<int> _maximumBytes = NumberOption.Whole(
        "--max-text-bytes", "The most bytes of the text to take memory for.", TextFile.MaximumBytes, 1, TextFile.MostBytes);

    private readonly Option<int> _steps = NumberOption.Whole("--steps", "Training steps of 12 pieces of 64 characters.", 2000, 1);

    private readonly Option<float> _learningRate = NumberOption.Positive("--learning-rate", "AdamW's highest step size.", 0.001f);

    private readonly Option<ulong> _seed = NumberOption.Seed(
        "What weights, pieces and characters are drawn from; the same seed gives the same result.");

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on where a training with the same options and output folder was stopped.",
    };

    private readonly Option<int> _threads = NumberOption.Threads();

    private readonly Option<DirectoryInfo> _output = PathOption.Folder(
        "--output", "The folder for the picture, the text and the model.", ModelFolder.DefaultName);

    /// <summary>Adds the options to a command and makes it train.</summary>
    public void Define(Command command)
    {
        command.Add(_text);
        command.Add(_maximumBytes);
        command.Add(_steps);
        command.Add(_learningRate);
        command.Add(_seed);
        command.Add(_threads);
        command.Add(_output);
        command.Add(_resume);
        _sampling.Define(command);
        command.SetAction(parsed =>
        {
            Run(parsed);
            return ExitCode.Success;
        });
    }

    private void Run(ParseResult parsed)
    {
        IAnsiConsole console = Terminal.Create(output);
        WorkerPool.ThreadCount = parsed.GetRequiredValue(_threads);
        ulong seed = parsed.GetRequiredValue(_seed);
        int steps = parsed.GetRequiredValue(_steps);
        float learningRate = parsed.GetRequiredValue(_learningRate);
        FileInfo file = parsed.GetValue(_text) ?? new FileInfo(TextFile.Default);
        string text = TextFile.Read(file, parsed.GetRequiredValue(_maximumBytes));
        Alphabet alphabet = Alphabet.Of(text, CharGpt.Architecture.OutputShape.Dimensions[^1]);
        var model = new CharGpt(seed);
        var training = new LanguageModelTraining(
            model, alphabet.Encode(text), steps, learningRate, seed);
        OutputFolder folder = OutputFolder.Open(
            parsed.GetRequiredValue(_output).FullName, [.. ModelFolder.FileNames, CurvesName, SampleName]);
        string? resumeFrom = folder.CheckpointOf(CheckpointName, parsed.GetValue(_resume));
        Terminal.WriteLine(console, string.Create(
            CultureInfo.InvariantCulture,
            $"{Alphabet.Show(file.Name)}: {text.Length:N0} characters, {alphabet.Count - 1} different; {CharGpt.Architecture.ParameterCount:N0} parameters, {WorkerPool.ThreadCount} threads"));

        var losses = new StepLosses();
        string checkpoint = folder.PathOf(CheckpointName);
        var recorded = new RecordedOptions(new Dictionary<string, string>
        {
            [_learningRate.Name] = learningRate.ToString(CultureInfo.InvariantCulture),
            [$"hash of {_text.Name}"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        });
        History history = Train(
            console, training, steps, [losses, recorded], new ModelCheckpoint(checkpoint), resumeFrom);

        // First of all, so that nothing that goes wrong from here on loses what was trained.
        ModelFolder.Save(folder, model, alphabet);
        File.Delete(checkpoint);
        double validationLoss = Validate(training, folder);
        Terminal.WriteLine(console, string.Create(
            CultureInfo.InvariantCulture,
            $"validation loss {validationLoss:0.0000} after {history.Steps} steps, {history.Epochs.Average(CharactersPerSecond):N0} tokens/s"));

        folder.Write(CurvesName, LossCurves.Draw(losses.Losses, history.Epochs));
        string written = Write(new Writer(model, alphabet, _sampling.Sampler(parsed, seed)), parsed, folder);
        Terminal.WriteLine(console, Alphabet.Show(written));
        folder.Write(SampleName, Encoding.UTF8.GetBytes(written));
        Terminal.WriteLine(console, $"Written: {string.Join(", ", folder.Written)}");
    }

    private History Train(
        IAnsiConsole console,
        LanguageModelTraining training,
        int steps,
        ITrainingObserver[] observers,
        ModelCheckpoint checkpoint,
        string? resumeFrom)
    {
        History Run(ITrainingObserver display) =>
            training.Run([.. observers, display, checkpoint], resumeFrom, stop.Token);
        History history = Terminal.IsLive(console)
            ? console.Progress()
                .Columns(
                    new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(progress => Run(new ProgressDisplay(console, progress.AddTask("training", maxValue: steps), steps)))
            : Run(new ProgressDisplay(console, task: null, steps));
        if (history.EndReason != EndReason.Cancelled)
        {
            return history;
        }

        throw stop.Within($"after step {history.Steps} of {steps}", checkpoint.LastPath);
    }

    private double Validate(LanguageModelTraining training, OutputFolder folder)
    {
        try
        {
            return training.Validate(stop.Token);
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException(
                $"{stop.Sentence} after the training, before its last measurement; written: {string.Join(", ", folder.Written)}.",
                stop.Token);
        }
    }

    private string Write(Writer writer, ParseResult parsed, OutputFolder folder)
    {
        string prompt = _sampling.Prompt(parsed);
        var text = new StringBuilder(prompt);
        foreach (Rune character in writer.Continue(prompt, _sampling.Length(parsed)))
        {
            if (stop.Token.IsCancellationRequested)
            {
                throw new StoppedException(
                    $"{stop.Sentence} after the training, while writing; written: {string.Join(", ", folder.Written)}.", stop.Token);
            }

            text.Append(character);
        }

        return text.ToString();
    }

    private static double CharactersPerSecond(EpochResult result) =>
        result.SamplesPerSecond * CharGpt.Architecture.InputShape.Count;

    /// <summary>Writes a line a measurement and, where there is a bar, shows each step in it.</summary>
    private sealed class ProgressDisplay(IAnsiConsole console, ProgressTask? task, int steps) : ITrainingObserver
    {
        public void OnBatchCompleted(in BatchResult result)
        {
            if (task is null)
            {
                return;
            }

            task.Value = result.Step;

            // Of the same width in every step, so that the bar stands still.
            task.Description = string.Create(
                CultureInfo.InvariantCulture,
                $"step {result.Step.ToString(CultureInfo.InvariantCulture).PadLeft($"{steps}".Length)}/{steps}  loss {result.BatchLoss:0.000}");
        }

        public void OnEpochCompleted(EpochResult result) => Terminal.WriteLine(console, string.Create(
            CultureInfo.InvariantCulture,
            $"step {result.Step}/{steps}  loss {result.Loss:0.0000}  validation {result.ValidationLoss:0.0000}  {CharactersPerSecond(result):N0} tokens/s"));
    }
}
