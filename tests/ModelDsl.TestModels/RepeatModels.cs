namespace ModelDsl.TestModels;

/// <summary>What is repeated: products, statistics, a mask, and a gradient that comes from two sides.</summary>
[Block, Residual<RepeatedPart>]
public partial class RepeatedCell;

/// <summary>Its branch.</summary>
[Block, BatchNorm, Dense(5), Gelu, Dropout(0.1f)]
public partial class RepeatedPart;

/// <summary>So many copies of a block that they share one method.</summary>
[Model, Input(4), Dense(5), Repeat<RepeatedCell>(6), Dense(2), SoftmaxCrossEntropy]
public partial class RepeatedCells;

/// <summary>Copies with the same parameters, in one method too.</summary>
[Model, Input(4), Dense(5), Repeat<RepeatedCell>(6, Shared = true), Dense(2), SoftmaxCrossEntropy]
public partial class RepeatedSharedCells;

/// <summary>A transformer of which one token's program is repeated too.</summary>
[Model]
[Input(6, Type = ElementType.Token), Embedding(9, 6), PositionEmbedding]
[Repeat<TinyTransformerLayer>(5)]
[LayerNorm, Dense(9)]
[SoftmaxCrossEntropy]
public partial class DeepTinyGpt;
