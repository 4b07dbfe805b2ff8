namespace ModelDsl.TestModels;

/// <summary>Attention that does not see token 0, and a mean over the other steps.</summary>
[Model]
[Input(6, Type = ElementType.Token, Padding = 0), Embedding(4, 6), PositionEmbedding]
[SelfAttention(Heads = 2), Tanh, GlobalAveragePool, Dense(3)]
[SoftmaxCrossEntropy]
public partial class PaddedClassifier;

/// <summary>A language model of sequences of several lengths, longer than a tile of attention.</summary>
[Model]
[Input(70, Type = ElementType.Token, Padding = 2), Embedding(3, 4)]
[Repeat<PaddedAttend>(2)]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class PaddedGpt;

/// <summary>Its attention.</summary>
[Block, LayerNorm, SelfAttention(Heads = 2, Causal = true, Rotary = true)]
public partial class PaddedAttend;
