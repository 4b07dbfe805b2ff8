using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using CharGptSample.Text;
using MnistSample.Commands;

namespace CharGptSample.Commands;

/// <summary>Lets a trained model write.</summary>
internal sealed class WriteCommand(TextWriter output, Stop stop)
{
    private readonly SamplingOptions _sampling = new();

    private readonly Option<DirectoryInfo> _model = PathOption.Folder(
        "--model", "The folder that a training wrote.", ModelFolder.DefaultName);

    private readonly Option<ulong> _seed = NumberOption.Seed("Another seed writes another text.");

    private readonly Option<bool> _recompute = new("--recompute")
    {
        Description = "Compute the whole context for each character instead of keeping what is known of it, for comparison.",
    };

    /// <summary>Adds the options to a command and makes it write.</summary>
    public void Define(Command command)
    {
        command.Add(_model);
        command.Add(_seed);
        command.Add(_recompute);
        _sampling.Define(command);
        command.SetAction(parsed =>
        {
            (CharGpt model, Alphabet alphabet) = ModelFolder.Load(parsed.GetRequiredValue(_model));
            string prompt = _sampling.Prompt(parsed);
            var writer = new Writer(
                model, alphabet, _sampling.Sampler(parsed, parsed.GetRequiredValue(_seed)), parsed.GetValue(_recompute));
            int length = _sampling.Length(parsed);
            output.Write(Alphabet.Show(prompt));
            long start = Stopwatch.GetTimestamp();
            foreach (Rune character in writer.Continue(prompt, length))
            {
                stop.Token.ThrowIfCancellationRequested();
                output.Write(Alphabet.Show(character.ToString()));
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            output.WriteLine();
            output.WriteLine();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{length:N0} characters, {length / seconds:N0} tokens/s"));
            return ExitCode.Success;
        });
    }
}
