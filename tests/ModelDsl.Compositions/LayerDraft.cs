using System.Globalization;

namespace ModelDsl.Compositions;

/// <summary>What a choice sees of the place where it may stand.</summary>
public sealed class LayerDraft
{
    private readonly Random _random;
    private readonly ModelComposer _composer;
    private readonly int _depth;

    internal LayerDraft(Random random, ModelComposer composer, SampleShape input, int depth)
    {
        _random = random;
        _composer = composer;
        _depth = depth;
        Input = input;
    }

    /// <summary>What flows in.</summary>
    public SampleShape Input { get; }

    /// <summary>A number within bounds, both included.</summary>
    public int Number(int least, int most) => _random.Next(least, most + 1);

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>A number between others in steps of a tenth: 0.1 to 0.9 for instance.</summary>
    public string Tenths(int least, int most) => FormattableString.Invariant($"{Number(least, most) / 10f}f");

    /// <summary>One of the numbers that divide all others.</summary>
    public int Divisor(params int[] numbers)
    {
        int[] divisors =
            [.. Enumerable.Range(1, numbers.Min()).Where(divisor => numbers.All(number => number % divisor == 0))];
        return divisors[_random.Next(divisors.Length)];
    }

    /// <summary>The layer as text, with some of the options that every layer takes.</summary>
    /// <param name="kind">The attribute: <c>Dense</c>.</param>
    /// <param name="output">What flows out.</param>
    /// <param name="arguments">The arguments; nulls are left out.</param>
    public DrawnLayer Layer(string kind, SampleShape output, params object?[] arguments)
    {
        List<string> texts = [.. arguments.OfType<object>().Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!)];
        if (Chance(0.04))
        {
            texts.Add("Frozen = true");
        }

        if (Chance(0.04))
        {
            texts.Add($"Name = \"{_composer.NextName()}\"");
        }

        return new DrawnLayer(texts.Count == 0 ? kind : $"{kind}({string.Join(", ", texts)})", output);
    }

    /// <summary>An option, or null for leaving it out.</summary>
    public string? Maybe(string option, double probability = 0.3) => Chance(probability) ? option : null;

    /// <summary>Draws a block for what flows in; null where blocks are nested deeply enough.</summary>
    /// <param name="keepsShape">Whether what flows out must have the shape of what flows in.</param>
    /// <param name="output">What flows out.</param>
    /// <returns>The block's class.</returns>
    public string? Block(bool keepsShape, out SampleShape output) =>
        _composer.Block(Input, keepsShape, _depth + 1, out output);

    /// <summary>True with a probability, where blocks may share their weights.</summary>
    public bool Shares(double probability) => _composer.WithSharing && Chance(probability);

    /// <summary>
    /// Draws a block that keeps its shape and has the same weights wherever it stands; null where blocks are nested
    /// deeply enough.
    /// </summary>
    public string? SharedBlock() => _composer.Block(Input, keepsShape: true, _depth + 1, out _, isShared: true);

    /// <summary>
    /// Draws a block that keeps its shape up to some last layers; null where blocks are nested deeply enough.
    /// </summary>
    /// <param name="last">The last layers.</param>
    public string? BlockBefore(params string[] last) =>
        _composer.Block(Input, keepsShape: true, _depth + 1, out _, last: last);

    /// <summary>Draws several blocks that give one shape; null where blocks are nested deeply enough.</summary>
    public string[]? Branches(int count, out SampleShape output)
    {
        var blocks = new string[count];
        output = Input;
        for (int i = 0; i < count; i++)
        {
            if (Block(keepsShape: true, out _) is not { } block)
            {
                return null;
            }

            blocks[i] = block;
        }

        return blocks;
    }
}
