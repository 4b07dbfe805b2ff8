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

/// <summary>A recurrent layer that leaves padding out, with each step written down and an output for each.</summary>
[Model]
[Input(6, Type = ElementType.Token, Padding = 3), Embedding(4, 5), Lstm(5), Dense(4)]
[SoftmaxCrossEntropy]
public partial class PaddedLstm;

/// <summary>Two of them in loops; the second keeps its last state. More units than a vector has lanes.</summary>
[Model]
[Input(11, Type = ElementType.Token, Padding = 1), Embedding(3, 4)]
[Lstm(6, UseBias = false), Lstm(19, ReturnSequences = false), Dense(3)]
[SoftmaxCrossEntropy]
public partial class PaddedLstmStacked;

/// <summary>With each step written down, and a mean that leaves padding out as well.</summary>
[Model]
[Input(5, Type = ElementType.Token, Padding = 0), Embedding(3, 6), Tanh, Gru(7), GlobalAveragePool, Dense(2)]
[MeanSquaredError]
public partial class PaddedGru;

/// <summary>From the last step to the first, in a loop.</summary>
[Model]
[Input(9, Type = ElementType.Token, Padding = 2), Embedding(4, 3)]
[Gru(17, ReturnSequences = false, GoBackwards = true, UseBias = false), Dense(2)]
[MeanSquaredError]
public partial class PaddedGruBackwards;

/// <summary>A rectifier in a loop before one that reads backwards with each step written down.</summary>
[Model]
[Input(10, Type = ElementType.Token, Padding = 0), Embedding(3, 4)]
[SimpleRnn(18, Activation = RecurrentActivation.Relu)]
[SimpleRnn(5, GoBackwards = true, Unroll = Unrolling.Always, ReturnSequences = false), Dense(2)]
[MeanSquaredError]
public partial class PaddedSimpleRnn;

/// <summary>Around a frozen recurrent layer whose padding is left out, the input passes.</summary>
[Model]
[Input(7, Type = ElementType.Token, Padding = 2), Embedding(3, 4), Residual<PaddedRecurrence>, Dense(3)]
[SoftmaxCrossEntropy]
public partial class PaddedResidual;

/// <summary>Its recurrent layer.</summary>
[Block, LayerNorm, Gru(4, Frozen = true)]
public partial class PaddedRecurrence;

/// <summary>Gates of a mean without padding, and of each step; attention behind them still leaves padding out.</summary>
[Model]
[Input(7, Type = ElementType.Token, Padding = 1), Embedding(4, 5), Multiply<FeatureGate>, Multiply<NumberGate>]
[SelfAttention, Multiply<Gate>, GlobalAveragePool, Dense(3)]
[SoftmaxCrossEntropy]
public partial class PaddedGates;

/// <summary>Stored in 16 bits.</summary>
[Model(Precision = Precision.BFloat16)]
[Input(9, Type = ElementType.Token, Padding = 0), Embedding(4, 5), Lstm(7), Gru(5, ReturnSequences = false), Dense(3)]
[SoftmaxCrossEntropy]
public partial class PaddedRecurrenceBFloat16;

/// <summary>With the gradient of each sample clipped.</summary>
[Model(PerSampleClipping = true)]
[Input(5, Type = ElementType.Token, Padding = 0), Embedding(4, 5), Lstm(6), Gru(5, ReturnSequences = false), Dense(3)]
[SoftmaxCrossEntropy]
public partial class PaddedRecurrenceClipped;
