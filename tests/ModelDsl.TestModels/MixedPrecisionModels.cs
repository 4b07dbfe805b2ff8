namespace ModelDsl.TestModels;

/// <summary>Dense layers with odd widths, stored as BFloat16.</summary>
[Model(Precision = Precision.BFloat16)]
[Input(21), Dense(33), Relu, Dropout(0.2f), Dense(17), Tanh, Dense(3), SoftmaxCrossEntropy]
public partial class BFloat16Mlp;

/// <summary>The same stored as Float16.</summary>
[Model(Precision = Precision.Float16)]
[Input(21), Dense(33), Relu, Dropout(0.2f), Dense(17), Tanh, Dense(3), SoftmaxCrossEntropy]
public partial class Float16Mlp;

/// <summary>Two branches side by side.</summary>
[Block, Conv2D(3, 1), Relu]
public partial class NarrowLeft;

/// <summary>The other branch.</summary>
[Block, Conv2D(2, 3, Padding = Padding.Same), Gelu]
public partial class NarrowRight;

/// <summary>A branch that is added to its input.</summary>
[Block, Conv2D(5, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
public partial class NarrowBranch;

/// <summary>What a convolutional network is made of: batch normalisation, pooling, branches, a residual.</summary>
[Model(Precision = Precision.BFloat16)]
[Input(9, 9, 2), Conv2D(4, 3, UseBias = false), BatchNorm, Relu, MaxPool2D(2)]
[Concat<NarrowLeft, NarrowRight>, Residual<NarrowBranch>, SpatialDropout(0.2f)]
[GlobalAveragePool, Dense(3), SoftmaxCrossEntropy]
public partial class BFloat16Convnet;

/// <summary>The same stored as Float16, with a penalty for a weight.</summary>
[Model(Precision = Precision.Float16)]
[Input(9, 9, 2), Conv2D(4, 3, UseBias = false), BatchNorm, Relu, MaxPool2D(2)]
[Concat<NarrowLeft, NarrowRight>, Residual<NarrowBranch>, SpatialDropout(0.2f)]
[GlobalAveragePool, Dense(3, WeightL2 = 0.01f), SoftmaxCrossEntropy]
public partial class Float16Convnet;

/// <summary>Attention after a normalisation.</summary>
[Block, LayerNorm, SelfAttention(Heads = 2, Causal = true)]
public partial class NarrowAttend;

/// <summary>Two dense layers after a normalisation.</summary>
[Block, LayerNorm, Dense(20), Gelu, Dense(12)]
public partial class NarrowThink;

/// <summary>A layer of a transformer.</summary>
[Block, Residual<NarrowAttend>, Residual<NarrowThink>]
public partial class NarrowLayer;

/// <summary>A transformer whose copies share their code.</summary>
[Model(Precision = Precision.BFloat16)]
[Input(7, Type = ElementType.Token), Embedding(11, 12), PositionEmbedding]
[Repeat<NarrowLayer>(4), LayerNorm, Dense(11), SoftmaxCrossEntropy]
public partial class BFloat16Transformer;

/// <summary>The same stored as Float16.</summary>
[Model(Precision = Precision.Float16)]
[Input(7, Type = ElementType.Token), Embedding(11, 12), PositionEmbedding]
[Repeat<NarrowLayer>(4), LayerNorm, Dense(11), SoftmaxCrossEntropy]
public partial class Float16Transformer;

/// <summary>Recurrent layers with a loop over the steps, the second read backwards and reduced.</summary>
[Model(Precision = Precision.BFloat16)]
[Input(11, 4, Sequence = true), Lstm(6), Gru(19, GoBackwards = true, ReturnSequences = false), Dense(3)]
[SoftmaxCrossEntropy]
public partial class BFloat16Recurrent;

/// <summary>The same stored as Float16.</summary>
[Model(Precision = Precision.Float16)]
[Input(11, 4, Sequence = true), Lstm(6), Gru(19, GoBackwards = true, ReturnSequences = false), Dense(3)]
[SoftmaxCrossEntropy]
public partial class Float16Recurrent;

/// <summary>Recurrent layers whose steps are written down, of tokens, and so with a program of one step.</summary>
[Model(Precision = Precision.BFloat16)]
[Input(6, Type = ElementType.Token), Embedding(7, 12), Lstm(18), Gru(21, UseBias = false)]
[SimpleRnn(19, Activation = RecurrentActivation.Relu), Dense(7), SoftmaxCrossEntropy]
public partial class BFloat16RecurrentSteps;

/// <summary>The same stored as Float16.</summary>
[Model(Precision = Precision.Float16)]
[Input(6, Type = ElementType.Token), Embedding(7, 12), Lstm(18), Gru(21, UseBias = false)]
[SimpleRnn(19, Activation = RecurrentActivation.Relu), Dense(7), SoftmaxCrossEntropy]
public partial class Float16RecurrentSteps;

/// <summary>A recurrent layer after a normalisation.</summary>
[Block, LayerNorm, Gru(4, Unroll = Unrolling.Never)]
public partial class NarrowCell;

/// <summary>Recurrent layers whose copies share their code.</summary>
[Model(Precision = Precision.BFloat16)]
[Input(3, 4, Sequence = true), Repeat<NarrowCell>(4), Dense(3), MeanSquaredError]
public partial class BFloat16RecurrentCopies;
