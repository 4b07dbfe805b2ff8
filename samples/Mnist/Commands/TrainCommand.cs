using System.CommandLine;
using MnistSample.Display;
using MnistSample.Reports;
using ModelDsl;

namespace MnistSample.Commands;

/// <summary>Reads the options of <c>train</c> and hands them to <see cref="Training"/>.</summary>
internal sealed class TrainCommand(TextWriter output, Stop stop)
{
    private readonly Option<DirectoryInfo> _data = new("--data")
    {
        Description = "The four IDX files, gzipped or not, of a data set in MNIST's format. Default: MNIST itself.",
        HelpName = "DIR",
        CustomParser = PathOption.ParseFolder,
    };

    private readonly Option<int> _epochs = NumberOption.Whole("--epochs", "Passes over the training images.", 10, 1);

    private readonly Option<int> _batchSize = NumberOption.Whole("--batch-size", "Images per step.", 128, 1);

    private readonly Option<float> _learningRate = NumberOption.Positive(
        "--learning-rate", "Adam's step size in the first step; it falls to zero along half a cosine.", 0.001f);

    private readonly Option<bool> _augment = new("--augment")
    {
        Description = "Shift, rotate and scale the training images at random, differently in each epoch.",
    };

    private readonly Option<float> _validation = NumberOption.Part(
        "--validation", "The part of the training images to hold out and to measure on after each epoch.", 0.2f);

    private readonly Option<ulong> _seed = NumberOption.Seed(
        "What weights, shuffling, dropout and augmentation are drawn from; the same seed gives the same result.");

    private readonly Option<int> _threads = NumberOption.Threads();

    private readonly Option<DirectoryInfo> _output = PathOption.Folder(
        "--output", "The folder for the pictures, the history and the model.", OutputFolder.DefaultName);

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on where a training with the same options and output folder was stopped.",
    };

    private readonly Option<Architecture> _model = ModelOption.Create();

    private readonly Option<Precision> _precision = ModelOption.CreatePrecision();

    /// <summary>Adds the options to a command and makes it train.</summary>
    public void Define(Command command)
    {
        command.Add(_data);
        command.Add(_epochs);
        command.Add(_batchSize);
        command.Add(_learningRate);
        command.Add(_augment);
        command.Add(_validation);
        command.Add(_seed);
        command.Add(_threads);
        command.Add(_output);
        command.Add(_model);
        command.Add(_precision);
        command.Add(_resume);
        command.SetAction(parsed =>
        {
            var options = new TrainOptions(
                parsed.GetValue(_data) ?? new DirectoryInfo(MnistFolder.Default),
                parsed.GetRequiredValue(_epochs),
                parsed.GetRequiredValue(_batchSize),
                parsed.GetRequiredValue(_learningRate),
                parsed.GetValue(_augment),
                parsed.GetRequiredValue(_validation),
                parsed.GetRequiredValue(_seed),
                parsed.GetRequiredValue(_threads),
                parsed.GetRequiredValue(_output),
                parsed.GetValue(_model) ?? Architecture.All[0],
                parsed.GetValue(_precision),
                parsed.GetValue(_resume));
            new Training(Terminal.Create(output), options).Run(stop);
            return ExitCode.Success;
        });
    }
}
