namespace ModelDsl.TestModels;

/// <summary>Tokens as vectors that are 1 at the token's place.</summary>
[Model, Input(6, Type = ElementType.Token), OneHot(5), Gru(4, ReturnSequences = false), Dense(3), SoftmaxCrossEntropy]
public partial class OneHotModel;

/// <summary>A dense layer, an activation and a loss on each step of a sequence.</summary>
[Model, Input(4, 3, Sequence = true), Dense(5), Tanh, Dense(3), SoftmaxCrossEntropy]
public partial class DenseOnSteps;

/// <summary>Vectors of tokens, taken together as one vector.</summary>
[Model, Input(5, Type = ElementType.Token), Embedding(7, 3), Flatten, Dense(4), SoftmaxCrossEntropy]
public partial class EmbeddingFlattened;

/// <summary>Tokens and positions, with a function right behind them and a label for each step.</summary>
[Model, Input(6, Type = ElementType.Token), Embedding(7, 5), PositionEmbedding, Tanh, Dense(7), SoftmaxCrossEntropy]
public partial class EmbeddingWithPositions;

/// <summary>Positions of numbers, first on the samples and then on what was computed.</summary>
[Model, Input(4, 3, Sequence = true), PositionEmbedding, Dense(5), PositionEmbedding, Dense(2), MeanSquaredError]
public partial class PositionsOfNumbers;

/// <summary>Attention with one head to all steps, of the samples themselves.</summary>
[Model, Input(5, 3, Sequence = true), SelfAttention, MeanSquaredError]
public partial class AttentionFirst;

/// <summary>Causal attention with two heads of an odd size.</summary>
[Model, Input(7, 4, Sequence = true), Dense(6), SelfAttention(Heads = 2, Causal = true), Dense(3), SoftmaxCrossEntropy]
public partial class AttentionCausal;

/// <summary>Attention without biases and with heads of exactly one vector.</summary>
[Model, Input(18, 3, Sequence = true), Dense(32), SelfAttention(Heads = 2, UseBias = false), Dense(2), MeanSquaredError]
public partial class AttentionWithoutBias;

/// <summary>Attention to all of a sequence that is longer than a tile and not a multiple of one.</summary>
[Model, Input(70, 2, Sequence = true), Dense(4), SelfAttention(Heads = 2), Dense(1), MeanSquaredError]
public partial class AttentionLong;

/// <summary>Causal attention of a sequence that is longer than a tile and not a multiple of one.</summary>
[Model, Input(70, 2, Sequence = true), Dense(4), SelfAttention(Causal = true), Dense(1), MeanSquaredError]
public partial class AttentionLongCausal;

/// <summary>The attending half of a transformer's layer.</summary>
[Block, LayerNorm, SelfAttention(Heads = 2, Causal = true)]
public partial class TinyAttend;

/// <summary>The thinking half of a transformer's layer.</summary>
[Block, LayerNorm, Dense(16), Gelu, Dense(6)]
public partial class TinyThink;

/// <summary>A layer of a transformer.</summary>
[Block, Residual<TinyAttend>, Residual<TinyThink>]
public partial class TinyTransformerLayer;

/// <summary>A character-level language model in small.</summary>
[Model]
[Input(6, Type = ElementType.Token), Embedding(9, 6), PositionEmbedding]
[Repeat<TinyTransformerLayer>(2)]
[LayerNorm, Dense(9)]
[SoftmaxCrossEntropy]
public partial class TinyGpt;
