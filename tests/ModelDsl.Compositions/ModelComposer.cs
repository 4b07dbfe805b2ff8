using System.Collections.Immutable;
using System.Text;

namespace ModelDsl.Compositions;

/// <summary>
/// Draws valid models: an input, layers that fit what flows, blocks within blocks, a loss. The same seed gives the same
/// model, as long as the choices are the same.
/// </summary>
public sealed class ModelComposer
{
    /// <summary>The most elements of a sample at any place.</summary>
    internal const int MostElements = 160;

    private const int DeepestBlock = 2;
    private const int Attempts = 40;

    private readonly Random _random;
    private readonly bool _withRandomness;
    private readonly string _name;
    private readonly StringBuilder _blocks = new();
    private int _blockCount;
    private int _nameCount;

    private ModelComposer(int seed, bool withRandomness, bool withSharing)
    {
        _random = new Random(seed);
        _withRandomness = withRandomness;
        WithSharing = withSharing;
        _name = FormattableString.Invariant($"Composition{seed}");
    }

    /// <summary>Draws a model.</summary>
    /// <param name="seed">What decides everything.</param>
    /// <param name="withRandomness">Whether layers may draw random numbers in training, as dropout does.</param>
    /// <param name="withSharing">Whether blocks may share their weights between places.</param>
    public static ComposedModel Compose(int seed, bool withRandomness = true, bool withSharing = false)
    {
        var composer = new ModelComposer(seed, withRandomness, withSharing);
        return new ComposedModel(seed, composer._name, composer.Compose());
    }

    /// <summary>Draws a model of forward methods, or of attributes some of whose blocks have such methods.</summary>
    /// <param name="seed">What decides everything.</param>
    public static ComposedModel ComposeMethods(int seed)
    {
        var composer = new ModelComposer(seed, withRandomness: false, withSharing: false);
        return new ComposedModel(seed, composer._name, new MethodComposer(composer._random, composer).Compose());
    }

    internal bool WithSharing { get; }

    internal string Name => _name;

    /// <summary>The blocks that have been declared.</summary>
    internal string Blocks => _blocks.ToString();

    /// <summary>Declares a block.</summary>
    internal void Declare(string block) => _blocks.Append(block);

    internal string NextName() => FormattableString.Invariant($"named{++_nameCount}");

    /// <summary>Draws a block, and declares it before the model.</summary>
    /// <param name="input">What flows in.</param>
    /// <param name="keepsShape">Whether what flows out must have the shape of what flows in.</param>
    /// <param name="depth">How deep it is nested.</param>
    /// <param name="output">What flows out, before the last layers.</param>
    /// <param name="isShared">Whether it has the same weights wherever it stands.</param>
    /// <param name="last">Layers that follow what is drawn.</param>
    internal string? Block(
        SampleShape input,
        bool keepsShape,
        int depth,
        out SampleShape output,
        bool isShared = false,
        params string[] last)
    {
        output = input;
        if (depth > DeepestBlock)
        {
            return null;
        }

        string[] layers = Chain(_random.Next(1, 4), keepsShape, depth, ref output);
        string name = FormattableString.Invariant($"{_name}Block{++_blockCount}");
        string attributes = string.Concat(layers.Concat(last).Select(layer => $", {layer}"));
        _blocks.Append(FormattableString.Invariant($"[Block{(isShared ? "(Shared = true)" : "")}{attributes}]\npublic partial class {name};\n\n"));
        return name;
    }

    private string Compose()
    {
        (string input, SampleShape shape) = Input();
        string[] layers = Chain(_random.Next(2, 7), keepsShape: false, depth: 0, ref shape);
        string loss = Loss(shape);
        string lines = string.Concat(layers.Select(layer => $"[{layer}]\n"));
        return $"{_blocks}[Model, {input}]\n{lines}[{loss}]\npublic partial class {_name};\n";
    }

    /// <summary>Draws a loss for what flows out.</summary>
    internal string Loss(SampleShape shape)
    {
        var end = new LayerDraft(_random, this, shape, depth: 0);
        string[] losses = [.. LossChoices.All.Select(choice => choice.Draw(end)).OfType<string>()];

        // The later ones take fewer shapes, and would else be rare.
        return losses[Math.Max(_random.Next(losses.Length), _random.Next(losses.Length))];
    }

    /// <summary>Draws what flows in.</summary>
    internal (string Text, SampleShape Shape) Input()
    {
        int Extent(int least, int most) => _random.Next(least, most + 1);
        switch (_random.Next(9))
        {
            case 0 or 1:
                var vector = SampleShape.Of(Extent(2, 20));
                return ($"Input({vector.Dimensions[0]})", vector);
            case 2:
                var matrix = SampleShape.Of(Extent(2, 5), Extent(2, 5));
                return ($"Input({string.Join(", ", matrix.Dimensions)})", matrix);
            case 3 or 4 or 5:
                var image = SampleShape.Of(Extent(3, 6), Extent(3, 6), Extent(1, 4));
                return ($"Input({string.Join(", ", image.Dimensions)})", image);
            case 6 or 7:
                var sequence = SampleShape.Sequence(Extent(2, 6), Extent(2, 8));
                return ($"Input({string.Join(", ", sequence.Dimensions)}, Sequence = true)", sequence);
            default:
                var tokens = new SampleShape([Extent(2, 6)], IsSequence: true, IsTokens: true);
                return ($"Input({tokens.Dimensions[0]}, Type = ElementType.Token)", tokens);
        }
    }

    // Tokens go nowhere but into an embedding, which therefore stands first.
    private string[] Chain(int length, bool keepsShape, int depth, ref SampleShape shape)
    {
        var layers = new List<string>();
        for (int i = 0; i < length || shape.IsTokens; i++)
        {
            if (Layer(shape, keepsShape, depth) is { } layer)
            {
                layers.Add(layer.Text);
                shape = layer.Output;
            }
        }

        return [.. layers];
    }

    /// <summary>Draws a layer for what flows in; null where none was found.</summary>
    internal DrawnLayer? Layer(SampleShape input, bool keepsShape, int depth)
    {
        ImmutableArray<LayerChoice> choices = LayerChoices.All;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            LayerChoice choice = choices[_random.Next(choices.Length)];
            if (choice.IsRandom && !_withRandomness)
            {
                continue;
            }

            // A block that was drawn for a layer which does not stay is declared for nothing, so it is taken back.
            int kept = _blocks.Length;
            if (choice.Draw(new LayerDraft(_random, this, input, depth)) is { } layer
                && layer.Output.Count <= MostElements
                && (!keepsShape || layer.Output == input))
            {
                return layer;
            }

            _blocks.Length = kept;
        }

        return null;
    }
}
