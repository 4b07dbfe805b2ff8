using System.Globalization;
using System.Text;
using MnistSample.Display;
using MnistSample.Errors;
using MnistSample.Reports;
using ModelDsl;
using Spectre.Console;

namespace MnistSample.Commands;

/// <summary>Trains a model, measures it on images that it never saw, and writes down what came of it.</summary>
internal sealed class Training(IAnsiConsole console, TrainOptions options)
{
    // Adam keeps a mean of the gradients and one of their squares.
    private const int AdamStates = 2;

    private const string CheckpointName = "checkpoint.safetensors";
    private const string HistoryName = "history.csv";
    private const string CurvesName = "learning-curves.png";
    private const string ConfusionName = "confusion-matrix.png";
    private const string WorstName = "worst-digits.png";

    private static readonly string[] FileNames =
        [OutputFolder.ModelFileName, HistoryName, CurvesName, ConfusionName, WorstName];

    /// <summary>Trains, evaluates and writes the results.</summary>
    /// <exception cref="UserErrorException">The data does not fit the model.</exception>
    /// <exception cref="IOException">A file is missing, damaged, or cannot be written.</exception>
    /// <exception cref="StoppedException">The user stopped it.</exception>
    public void Run(Stop stop)
    {
        WorkerPool.ThreadCount = options.Threads;
        IModel model = options.Model.Create(options.Precision, options.Seed);
        MnistData data = MnistFolder.Load(options.Data.FullName, model.Description);
        (IDataSource images, IDataSource? heldOut) = HoldOut(data.Train);

        // Opened before the training, so that nobody waits for minutes to learn that the results have no place.
        OutputFolder output = OutputFolder.Open(options.Output.FullName, FileNames);
        string? resumeFrom = output.CheckpointOf(CheckpointName, options.Resume);
        WriteTask(images, heldOut, data.Test, model.Description);
        var trainer = new Trainer<IModel>(model, new Adam { LearningRate = options.LearningRate });
        History history = Fit(trainer, images, heldOut, resumeFrom, stop, output);

        // First of all, so that nothing that goes wrong from here on loses what was trained.
        output.Save(OutputFolder.ModelFileName, path => ModelFile.Save(path, model));
        File.Delete(output.PathOf(CheckpointName));
        Evaluation evaluation = Evaluate(trainer, data.Test, stop, output);
        WriteResult(evaluation, history, data.Test.ClassNames);
        WriteFiles(output, model, data.Test, history, evaluation);
    }

    private (IDataSource Images, IDataSource? HeldOut) HoldOut(Dataset train)
    {
        int heldOut = (int)Math.Round((double)train.Count * options.Validation);
        int left = train.Count - heldOut;
        string part = options.Validation.ToString("0.## %", CultureInfo.InvariantCulture);
        string? wrong =
            heldOut == 0 && options.Validation > 0
                ? $"{options.Data.FullName}: expected training images enough to hold {part} out for validation, "
                    + $"got {train.Count}"
            : left == 0 ? $"--validation: expected a part that leaves some of {train.Count} training images, got {part}"
            : options.BatchSize > left
                ? $"--batch-size: expected at most {left}, the images to train on, got {options.BatchSize}"
            : null;
        if (wrong is not null)
        {
            throw new UserErrorException(wrong);
        }

        return heldOut == 0 ? (train, null) : train.Split(options.Validation, options.Seed);
    }

    private void WriteTask(IDataSource images, IDataSource? heldOut, Dataset test, ModelDescription model)
    {
        string augmented = options.Augment ? "augmented " : "";
        string validation = heldOut is null ? "" : $", {Figures.Count(heldOut.Count)} validation";
        console.MarkupLine(
            $"[bold]{Markup.Escape(model.Name)}[/] on {Figures.Count(images.Count)} {augmented}training{validation} "
                + $"and {Figures.Count(test.Count)} test images, seed {options.Seed}, {options.Threads} threads");
        console.WriteLine();
        LayerTable.Write(console, model, options.BatchSize, AdamStates);
        console.WriteLine();
    }

    private History Fit(
        Trainer<IModel> trainer,
        IDataSource images,
        IDataSource? heldOut,
        string? resumeFrom,
        Stop stop,
        OutputFolder output)
    {
        var checkpoint = new ModelCheckpoint(output.PathOf(CheckpointName));
        int stepsPerEpoch = ((images.Count - 1) / options.BatchSize) + 1;
        using PrefetchedSource? augmented = options.Augment ? Augment(images).Prefetch() : null;
        History history = TrainingDisplay.Run(console, observer => trainer.Fit(
            augmented ?? images,
            new FitOptions
            {
                Epochs = options.Epochs,
                BatchSize = options.BatchSize,
                Validation = heldOut,
                Seed = options.Seed,
                Schedule = LearningRateSchedule.Cosine(options.LearningRate, (long)options.Epochs * stepsPerEpoch),
                Observers = [observer, checkpoint, Recorded()],
                ResumeFrom = resumeFrom,
            },
            stop.Token));
        if (history.EndReason != EndReason.Cancelled)
        {
            return history;
        }

        throw stop.Within(
            $"after {Figures.Counted(history.Steps, "step")} and {Figures.Counted(history.Epochs.Length, "epoch")}",
            checkpoint.LastPath);
    }

    private RecordedOptions Recorded() => new(new Dictionary<string, string>
    {
        ["--learning-rate"] = options.LearningRate.ToString(CultureInfo.InvariantCulture),
        ["--augment"] = options.Augment ? "yes" : "no",
        ["--precision"] = ModelOption.NameOf(options.Precision),
    });

    /// <summary>Changes that leave a digit what it is; a mirrored one is none.</summary>
    private IDataSource Augment(IDataSource images) => images.Augment(
        options.Seed, Augmentation.Shift(2), Augmentation.Rotate(10f), Augmentation.Scale(0.9f, 1.1f));

    private static Evaluation Evaluate(Trainer<IModel> trainer, Dataset test, Stop stop, OutputFolder output)
    {
        try
        {
            return trainer.Evaluate(test, cancellationToken: stop.Token);
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException(
                $"{stop.Sentence} after the training, before the test; only {output.Written[0]} was written.", stop.Token);
        }
    }

    private void WriteResult(Evaluation evaluation, History history, IReadOnlyList<string> classNames)
    {
        TimeSpan time = history.Epochs.Aggregate(
            TimeSpan.Zero, (sum, epoch) => sum + epoch.TrainingTime + epoch.ValidationTime);
        console.WriteLine();
        console.MarkupLine(
            $"Test accuracy [bold green]{Figures.Percent(evaluation.Accuracy)}[/], loss {Figures.Loss(evaluation.Loss)}, "
                + $"on {Figures.Count(evaluation.SampleCount)} images never trained on; "
                + $"trained in {Figures.Duration(time)}");
        console.WriteLine();
        if (evaluation.Confusion is { } confusion)
        {
            ClassAccuracyTable.Write(console, confusion, classNames);
            console.WriteLine();
        }
    }

    private void WriteFiles(OutputFolder output, IModel model, Dataset test, History history, Evaluation evaluation)
    {
        output.Write(HistoryName, Encoding.UTF8.GetBytes(CsvLogger.Format(history.Epochs)));
        string training = options.Augment ? "training, augmented" : "training, with dropout";
        output.Write(CurvesName, LearningCurves.Draw(history, training));
        if (evaluation.Confusion is { } confusion)
        {
            output.Write(ConfusionName, ConfusionMatrixPicture.Draw(confusion, test.ClassNames));
        }

        IReadOnlyList<MisreadImage> worst = MisreadImages.FindWorst(model, test, WorstImagesSheet.Capacity);
        output.Write(WorstName, WorstImagesSheet.Draw(worst, test.ClassNames));
        foreach (string file in output.Written)
        {
            Terminal.WriteLine(console, $"wrote {file}");
        }
    }
}
