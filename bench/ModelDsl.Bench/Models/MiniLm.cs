namespace Benchmarks.Bench.Models;

/// <summary>
/// BERT in MiniLM's size: six layers of width 384 with twelve heads, on 128 tokens without padding, and the mean of all
/// steps as the sentence's vector. Devlin et al., "BERT" (2018); Wang et al., "MiniLM" (2020).
/// </summary>
[Model]
[Input(128, Type = ElementType.Token), Embedding(30522, 384), PositionEmbedding, LayerNorm]
[Repeat<BertLayer>(6)]
[GlobalAveragePool]
[MeanSquaredError]
public partial class MiniLm;

/// <summary>A layer of BERT, which normalises behind its sums.</summary>
[Block, Residual<BertAttend>, LayerNorm, Residual<BertThink>, LayerNorm]
public partial class BertLayer;

/// <summary>The attending half of a layer.</summary>
[Block, SelfAttention(Heads = 12)]
public partial class BertAttend;

/// <summary>The half of a layer that works on each step by itself.</summary>
[Block, Dense(1536), Gelu, Dense(384)]
public partial class BertThink;
