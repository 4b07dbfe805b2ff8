using System.CommandLine;
using System.Text;
using CharGptSample.Text;
using MnistSample.Commands;

namespace CharGptSample.Commands;

/// <summary>Lets a trained model write.</summary>
internal sealed class WriteCommand(TextWriter output, CancellationToken cancellation)
{
    private readonly SamplingOptions _sampling = new();

    private readonly Option<DirectoryInfo> _model = new("--model")
    {
        Description = "The folder that a training wrote.",
        HelpName = "DIR",
        CustomParser = PathOption.ParseFolder,
        DefaultValueFactory = _ => new DirectoryInfo(ModelFolder.DefaultName),
    };

    private readonly Option<ulong> _seed = NumberOption.Whole("--seed", "Another seed writes another text.", 1UL, 0UL);

    /// <summary>Adds the options to a command and makes it write.</summary>
    public void Define(Command command)
    {
        command.Add(_model);
        command.Add(_seed);
        _sampling.Define(command);
        command.SetAction(parsed =>
        {
            (CharGpt model, Alphabet alphabet) = ModelFolder.Load(parsed.GetRequiredValue(_model));
            string prompt = _sampling.Prompt(parsed);
            var writer = new Writer(model, alphabet, _sampling.Sampler(parsed, parsed.GetRequiredValue(_seed)));
            output.Write(prompt);
            foreach (Rune character in writer.Continue(prompt, _sampling.Length(parsed)))
            {
                cancellation.ThrowIfCancellationRequested();
                output.Write(character);
            }

            output.WriteLine();
            return ExitCode.Success;
        });
    }
}
