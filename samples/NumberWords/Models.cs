using ModelDsl;

namespace NumberWordsSample;

/// <summary>Each word asks all words, except those that only fill up.</summary>
[Block, LayerNorm, SelfAttention(Heads = 4)]
public partial class AskWords;

/// <summary>Each digit asks those before it.</summary>
[Block, LayerNorm, SelfAttention(Heads = 4, Causal = true)]
public partial class AskEarlier;

/// <summary>Each digit asks the words.</summary>
[Block]
public partial class AskMemory
{
    private static Tensor Forward(Tensor digits, Tensor memory)
    {
        (Tensor keys, Tensor values) = memory.Dense(2 * NumberReader.Width).Split(2);
        return digits.LayerNorm().Dense(NumberReader.Width).Attention(keys, values, heads: 4).Dense(NumberReader.Width);
    }
}

/// <summary>Works on each step by itself, in four times the width.</summary>
[Block, LayerNorm, Dense(4 * NumberReader.Width), Relu, Dense(NumberReader.Width)]
public partial class Think;

/// <summary>
/// Reads the words of a number and the digits so far, and says for each of these what comes next. Vaswani et al.,
/// "Attention Is All You Need" (2017).
/// </summary>
[Model]
[Input(NumberText.MostWords, Type = ElementType.Token, Padding = NumberText.Filler)]
[Input(NumberText.MostDigits + 1, Type = ElementType.Token)]
[SoftmaxCrossEntropy(IgnoredLabel = NumberText.Ignored)]
public partial class NumberReader
{
    internal const int Width = 64;

    private const int Layers = 2;

    private static Tensor Forward(Tensor words, Tensor digits)
    {
        Tensor memory = words.Embedding(NumberText.WordTokens, Width).PositionEmbedding();
        for (int layer = 0; layer < Layers; layer++)
        {
            memory += memory.Block<AskWords>();
            memory += memory.Block<Think>();
        }

        memory = memory.LayerNorm();
        Tensor x = digits.Embedding(NumberText.DigitTokens, Width).PositionEmbedding();
        for (int layer = 0; layer < Layers; layer++)
        {
            x += x.Block<AskEarlier>();
            x += x.Block<AskMemory>(memory);
            x += x.Block<Think>();
        }

        return x.LayerNorm().Dense(NumberText.DigitTokens);
    }
}
