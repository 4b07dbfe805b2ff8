using ModelDsl;

namespace CharGptSample;

/// <summary>
/// A transformer that reads up to 64 characters and says for each what the next one may be: GPT-2's architecture in the
/// size that nanoGPT proposes for a processor.
/// </summary>
[Model]
[Input(64, Type = ElementType.Token), Embedding(128, 128), PositionEmbedding]
[Repeat<TransformerLayer>(4)]
[LayerNorm, Dense(128, UseBias = false)]
[SoftmaxCrossEntropy]
public partial class CharGpt;
