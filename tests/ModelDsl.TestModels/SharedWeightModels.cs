namespace ModelDsl.TestModels;

/// <summary>A language model whose classifier is its embedding.</summary>
[Model, Input(6, Type = ElementType.Token), Embedding(9, 5), PositionEmbedding, Dense(5), Tanh, Dense(9, TiedTo = "embedding1"), SoftmaxCrossEntropy]
public partial class TiedClassifier;

/// <summary>Three dense layers with one weight, two of them in a block that names it by its path.</summary>
[Model, Input(4), Dense(4, Name = "turn"), Tanh, Residual<TiedTurns>, Dense(4, UseBias = false, TiedTo = "turn"), MeanSquaredError]
public partial class TiedDense;

/// <summary>Two layers, the second tied to the first, which is tied itself.</summary>
[Block, Dense(4, TiedTo = "turn"), Tanh, Dense(4, TiedTo = "dense1")]
public partial class TiedTurns;

/// <summary>A weight that stays as it is, used by a layer that is trained.</summary>
[Model, Input(3), Dense(3, Frozen = true), Tanh, Dense(3, TiedTo = "dense1"), MeanSquaredError]
public partial class TiedToFrozen;

/// <summary>A layer of a transformer three times over, with the same parameters each time.</summary>
[Model]
[Input(6, Type = ElementType.Token), Embedding(9, 6), PositionEmbedding]
[Repeat<TinyTransformerLayer>(3, Shared = true)]
[LayerNorm, Dense(9, UseBias = false, TiedTo = "embedding1")]
[SoftmaxCrossEntropy]
public partial class TinyAlbert;

/// <summary>What both branches see their input by.</summary>
[Block(Shared = true), Dense(5, UseBias = false), BatchNorm, Tanh]
public partial class SharedEncoder;

/// <summary>One branch of a siamese network.</summary>
[Block, Sum<SharedEncoder, SharedEncoder>, Dense(2)]
public partial class SiameseLeft;

/// <summary>The other branch, which sees something else.</summary>
[Block, Dense(4), Tanh, Repeat<SharedEncoder>(1)]
public partial class SiameseRight;

/// <summary>A block that is used three times with the same parameters, in branches and in a chain.</summary>
[Model, Input(4), Concat<SiameseLeft, SiameseRight>, Dense(1), MeanSquaredError]
public partial class SiameseBranches;
