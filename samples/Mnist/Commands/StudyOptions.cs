using System.CommandLine;
using MnistSample.Reports;

namespace MnistSample.Commands;

/// <summary>
/// The options that the smaller programs on MNIST have in common: data, seed, threads, and a folder for results.
/// </summary>
internal sealed class StudyOptions
{
    private readonly Option<DirectoryInfo> _data = new("--data")
    {
        Description = "The four IDX files, gzipped or not, of a data set in MNIST's format. Default: MNIST itself.",
        HelpName = "DIR",
        CustomParser = PathOption.ParseFolder,
    };

    private readonly Option<ulong> _seed = NumberOption.Whole(
        "--seed", "What weights, noise and shuffling are drawn from; the same seed gives the same result.", 1UL, 0UL);

    private readonly Option<int> _threads = NumberOption.Whole(
        "--threads", "Threads to compute on; the result does not depend on it.", Environment.ProcessorCount, 1, 1024);

    private readonly Option<DirectoryInfo> _output;

    /// <param name="outputName">The folder for results where the user gives none.</param>
    public StudyOptions(string outputName) => _output = new Option<DirectoryInfo>("--output")
    {
        Description = "The folder for the results.",
        HelpName = "DIR",
        CustomParser = PathOption.ParseFolder,
        DefaultValueFactory = _ => new DirectoryInfo(outputName),
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_seed);
        command.Add(_threads);
        command.Add(_output);
    }

    /// <summary>Sets the number of threads, opens the folder for results, and loads the images.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="model">What the images must fit.</param>
    /// <param name="files">The names of the results.</param>
    public Study Open(ParseResult parsed, ModelDsl.ModelDescription model, params ReadOnlySpan<string> files)
    {
        ModelDsl.WorkerPool.ThreadCount = parsed.GetRequiredValue(_threads);
        ModelDsl.MnistData data = MnistFolder.Load(parsed.GetValue(_data)?.FullName ?? MnistFolder.Default, model);
        OutputFolder output = OutputFolder.Open(parsed.GetRequiredValue(_output).FullName, files);
        return new Study(data, parsed.GetRequiredValue(_seed), output);
    }
}

/// <summary>What a small program works with.</summary>
/// <param name="Data">The images.</param>
/// <param name="Seed">What random numbers are drawn from.</param>
/// <param name="Output">Where results go.</param>
internal sealed record Study(ModelDsl.MnistData Data, ulong Seed, OutputFolder Output);
