namespace Benchmarks.Bench.Models;

/// <summary>A character-level GPT in nanoGPT's setting for processors, with the 65 characters of its text.</summary>
[Model]
[Input(64, Type = ElementType.Token), Embedding(65, 128), PositionEmbedding]
[Repeat<TransformerLayer>(4)]
[LayerNorm, Dense(65, UseBias = false)]
[SoftmaxCrossEntropy]
public partial class CharGpt;
