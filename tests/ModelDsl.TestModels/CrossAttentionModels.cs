namespace ModelDsl.TestModels;

/// <summary>Fewer steps than its input, with other features.</summary>
[Block, Conv1D(5, 3, Stride = 2), Tanh]
public partial class Summary;

/// <summary>Steps that attend to what a block makes of them, in heads of an odd size.</summary>
[Model, Input(9, 3, Sequence = true), Dense(6), CrossAttention<Summary>(Heads = 2), Dense(2), MeanSquaredError]
public partial class CrossAttentionToBlock;

/// <summary>As many steps as its input, with other features.</summary>
[Block, Dense(4), LayerNorm]
public partial class Questions;

/// <summary>Branches of which one attends to the other, without biases.</summary>
[Model, Input(8, 3, Sequence = true), CrossAttention<Questions, Summary>(Heads = 4, UseBias = false)]
[Dense(2), MeanSquaredError]
public partial class CrossAttentionOfBranches;

/// <summary>More steps than a tile of keys has, and not a multiple of one.</summary>
[Block, Dense(3)]
public partial class AllSteps;

/// <summary>Attention of and to sequences that are longer than a tile and not a multiple of one.</summary>
[Model, Input(70, 2, Sequence = true), Dense(4), CrossAttention<AllSteps>(Heads = 2), Dense(1), MeanSquaredError]
public partial class CrossAttentionLong;

/// <summary>Words of the one language.</summary>
[Block, Input(4, Type = ElementType.Token), Embedding(5, 6), PositionEmbedding]
public partial class TargetWords;

/// <summary>Words of the other language, of which a sentence has fewer than there is room for.</summary>
[Block, Input(7, Type = ElementType.Token, Padding = 0), Embedding(6, 5), PositionEmbedding, SelfAttention]
public partial class SourceWords;

/// <summary>A decoder that reads what an encoder has made of another sequence, in one list of attributes.</summary>
[Model, CrossAttention<TargetWords, SourceWords>(Heads = 3), Dense(5), SoftmaxCrossEntropy]
public partial class CrossAttentionOfTowers;

/// <summary>Tokens, some of which are padding, that attend to themselves in another guise.</summary>
[Model, Input(6, Type = ElementType.Token, Padding = 0), Embedding(5, 4), CrossAttention<AllSteps>(Heads = 2)]
[GlobalAveragePool, Dense(3), SoftmaxCrossEntropy]
public partial class PaddedCrossAttention;

/// <summary>A layer of a decoder over an encoder's output.</summary>
[Block]
public partial class DecoderLayer
{
    private static Tensor Forward(Tensor x, Tensor memory) => x + x.LayerNorm().CrossAttention(memory, heads: 2);
}

/// <summary>A decoder each of whose layers reads the same memory, of other features, and a last one of its own name.</summary>
[Model, Input(8, 3, Sequence = true), MeanSquaredError]
public partial class CrossAttentionOfTensors
{
    private static Tensor Forward(Tensor x)
    {
        Tensor memory = x[..5].Dense(7).Tanh();
        Tensor y = x[5..].Dense(4);
        for (int layer = 0; layer < 2; layer++)
        {
            y = y.Block<DecoderLayer>(memory);
        }

        return y.CrossAttention(memory, useBias: false, name: "last")[^1].Dense(2);
    }
}

/// <summary>A decoder in 16 bits.</summary>
[Model(Precision = Precision.BFloat16), Input(9, 3, Sequence = true), Dense(6), CrossAttention<Summary>(Heads = 2)]
[Dense(2), MeanSquaredError]
public partial class CrossAttentionBFloat16;

/// <summary>A decoder whose samples' gradients are clipped by their norms.</summary>
[Model(PerSampleClipping = true), Input(5, 3, Sequence = true), CrossAttention<Questions, AllSteps>(Heads = 2)]
[Dense(2), MeanSquaredError]
public partial class CrossAttentionClipped;
