using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using MnistSample.Display;
using MnistSample.Reports;
using ModelDsl;

namespace MnistSample.Commands;

/// <summary>
/// The options that the smaller programs have in common: data, seed, threads, a folder for results, and whether to go
/// on.
/// </summary>
internal sealed class StudyOptions
{
    private readonly Option<DirectoryInfo> _data = new("--data")
    {
        Description = "The four IDX files, gzipped or not, of a data set in MNIST's format. Default: MNIST itself.",
        HelpName = "DIR",
        CustomParser = PathOption.ParseFolder,
    };

    private readonly Option<ulong> _seed = NumberOption.Seed(
        "What weights, noise and shuffling are drawn from; the same seed gives the same result.");

    private readonly Option<int> _threads = NumberOption.Threads();

    private readonly Option<DirectoryInfo> _output;

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on where a training with the same options and output folder was stopped.",
    };

    /// <param name="outputName">The folder for results where the user gives none.</param>
    public StudyOptions(string outputName) =>
        _output = PathOption.Folder("--output", "The folder for the results.", outputName);

    /// <summary>Whether checkpoints must not tell the seed, but a hash of it.</summary>
    public bool IsSeedSecret { get; init; }

    /// <summary>Whether the program makes its data itself, so that there is no folder of images to name.</summary>
    public bool IsDataGenerated { get; init; }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        if (!IsDataGenerated)
        {
            command.Add(_data);
        }

        foreach (Option option in (Option[])[_seed, _threads, _output, _resume])
        {
            command.Add(option);
        }
    }

    /// <summary>Makes a command do its work on images of MNIST's form.</summary>
    /// <param name="command">The command, with all of its options.</param>
    /// <param name="output">Where text goes.</param>
    /// <param name="stop">What may end the work before it is done.</param>
    /// <param name="model">What the images must fit.</param>
    /// <param name="files">The names of the results.</param>
    /// <param name="work">What there is to do.</param>
    public void SetAction(
        Command command,
        TextWriter output,
        Stop stop,
        ModelDescription model,
        string[] files,
        Action<Study<MnistData>, ParseResult> work) => SetAction(
            command,
            output,
            stop,
            (_, parsed) => MnistFolder.Load(parsed.GetValue(_data)?.FullName ?? MnistFolder.Default, model),
            files,
            work);

    /// <summary>Makes a command do its work, and remove its checkpoints when all of it is done.</summary>
    /// <param name="command">The command, with all of its options.</param>
    /// <param name="output">Where text goes.</param>
    /// <param name="stop">What may end the work before it is done.</param>
    /// <param name="load">Reads or makes the data, with the seed if something is drawn.</param>
    /// <param name="files">The names of the results.</param>
    /// <param name="work">What there is to do.</param>
    /// <typeparam name="TData">What is learnt from.</typeparam>
    public void SetAction<TData>(
        Command command,
        TextWriter output,
        Stop stop,
        Func<ulong, ParseResult, TData> load,
        string[] files,
        Action<Study<TData>, ParseResult> work) => command.SetAction(parsed =>
    {
        WorkerPool.ThreadCount = parsed.GetRequiredValue(_threads);
        ulong seed = parsed.GetRequiredValue(_seed);
        var study = new Study<TData>(
            load(seed, parsed),
            seed,
            OutputFolder.Open(parsed.GetRequiredValue(_output).FullName, files),
            parsed.GetValue(_resume),
            Recorded(command, parsed),
            stop);
        study.Run(() => work(study, parsed));
        foreach (string file in study.Output.Written)
        {
            Terminal.WriteLine(Terminal.Create(output), $"wrote {file}");
        }

        return ExitCode.Success;
    });

    // A training that goes on may read its images elsewhere, and on other threads.
    private Dictionary<string, string> Recorded(Command command, ParseResult parsed)
    {
        Dictionary<string, string> recorded = command.Options
            .Except([_data, _threads, _output, _resume])
            .Select(option => (option.Name, Value: parsed.GetResult(option)?.GetValueOrDefault<object>()))
            .Where(option => option.Value is IFormattable)
            .ToDictionary(
                option => option.Name,
                option => ((IFormattable)option.Value!).ToString(null, CultureInfo.InvariantCulture));
        if (IsSeedSecret && recorded.Remove(_seed.Name, out string? seed))
        {
            recorded[$"hash of {_seed.Name}"] = SlowHash(seed);
        }

        return recorded;
    }

    // Whoever has the checkpoint can try seeds, but of those that are drawn from all there are, too few.
    private static string SlowHash(string secret) => Convert.ToHexString(Rfc2898DeriveBytes.Pbkdf2(
        secret, "ModelDsl"u8, iterations: 100_000, HashAlgorithmName.SHA256, outputLength: 16));
}
