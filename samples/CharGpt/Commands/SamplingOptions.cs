using System.CommandLine;
using MnistSample.Commands;
using ModelDsl;

namespace CharGptSample.Commands;

/// <summary>How the next character is drawn, and how many.</summary>
/// <param name="mostCharacters">The largest number that may be asked for.</param>
internal sealed class SamplingOptions(int mostCharacters = int.MaxValue)
{
    private readonly Option<string> _prompt = new("--prompt")
    {
        Description = "What the model continues.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "\n",
    };

    private readonly Option<int> _length = NumberOption.Whole("--length", "Characters to write.", 500, 1, mostCharacters);

    private readonly Option<float> _temperature = NumberOption.Positive(
        "--temperature", "Below 1 it writes what is likely, above 1 it dares more.", 0.8f);

    private readonly Option<int> _topK = NumberOption.Whole("--top-k", "Draw from that many of the likeliest characters.", 200, 1);

    private readonly Option<float> _topP = NumberOption.Probability(
        "--top-p", "Draw from the likeliest characters that together have this probability, up to 1.", 1f);

    /// <summary>Adds the options to a command.</summary>
    public void Define(Command command)
    {
        command.Add(_prompt);
        command.Add(_length);
        command.Add(_temperature);
        command.Add(_topK);
        command.Add(_topP);
    }

    /// <summary>The text to continue; a line's end where none is given.</summary>
    public string Prompt(ParseResult parsed) => parsed.GetRequiredValue(_prompt) is { Length: > 0 } prompt ? prompt : "\n";

    /// <summary>The number of characters to write.</summary>
    public int Length(ParseResult parsed) => parsed.GetRequiredValue(_length);

    /// <summary>What draws the characters.</summary>
    public TokenSampler Sampler(ParseResult parsed, ulong seed) => new(seed)
    {
        Temperature = parsed.GetRequiredValue(_temperature),
        TopK = parsed.GetRequiredValue(_topK),
        TopP = parsed.GetRequiredValue(_topP),
    };
}
