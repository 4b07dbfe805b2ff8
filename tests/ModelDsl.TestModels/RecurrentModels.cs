namespace ModelDsl.TestModels;

/// <summary>Few steps, each written down, with an output for each.</summary>
[Model, Input(7, 3, Sequence = true), Lstm(5), Dense(2), MeanSquaredError]
public partial class LstmUnrolled;

/// <summary>The same in a loop.</summary>
[Model, Input(7, 3, Sequence = true), Lstm(5, Unroll = Unrolling.Never), Dense(2), MeanSquaredError]
public partial class LstmLooped;

/// <summary>Two layers, of which the second keeps its last output only; more units than a vector has lanes.</summary>
[Model]
[Input(11, 4, Sequence = true), Lstm(6, UseBias = false), Lstm(19, ReturnSequences = false)]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class LstmStacked;

/// <summary>The same with every step written down.</summary>
[Model]
[Input(11, 4, Sequence = true), Lstm(6, UseBias = false, Unroll = Unrolling.Always)]
[Lstm(19, ReturnSequences = false, Unroll = Unrolling.Always)]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class LstmStackedUnrolled;

/// <summary>Between the samples and the loss, without another layer.</summary>
[Model, Input(3, 2, Sequence = true), Lstm(4), MeanSquaredError]
public partial class LstmAlone;

/// <summary>A frozen layer passes gradients on.</summary>
[Model, Input(4, 3, Sequence = true), Dense(4), Lstm(3, Frozen = true), Dense(2), MeanSquaredError]
public partial class LstmFrozen;

/// <summary>A small language model.</summary>
[Model, Input(6, Type = ElementType.Token), Embedding(7, 5), Lstm(4), Dense(7), SoftmaxCrossEntropy]
public partial class LstmOnTokens;

/// <summary>Few steps, each written down.</summary>
[Model, Input(5, 3, Sequence = true), Gru(6), Tanh, Dense(2), MeanSquaredError]
public partial class GruUnrolled;

/// <summary>The same in a loop.</summary>
[Model, Input(5, 3, Sequence = true), Gru(6, Unroll = Unrolling.Never), Tanh, Dense(2), MeanSquaredError]
public partial class GruLooped;

/// <summary>From the last step to the first, without biases, with the output of the first step only.</summary>
[Model]
[Input(9, 3, Sequence = true), Gru(17, ReturnSequences = false, GoBackwards = true, UseBias = false)]
[Dense(2)]
[MeanSquaredError]
public partial class GruBackwards;

/// <summary>The same with every step written down.</summary>
[Model]
[Input(9, 3, Sequence = true)]
[Gru(17, ReturnSequences = false, GoBackwards = true, UseBias = false, Unroll = Unrolling.Always)]
[Dense(2)]
[MeanSquaredError]
public partial class GruBackwardsUnrolled;

/// <summary>Few steps, each written down.</summary>
[Model, Input(6, 3, Sequence = true), SimpleRnn(5), Dense(2), MeanSquaredError]
public partial class SimpleRnnUnrolled;

/// <summary>The same in a loop.</summary>
[Model, Input(6, 3, Sequence = true), SimpleRnn(5, Unroll = Unrolling.Never), Dense(2), MeanSquaredError]
public partial class SimpleRnnLooped;

/// <summary>With a rectifier, and with the last output only.</summary>
[Model]
[Input(10, 3, Sequence = true), SimpleRnn(18, Activation = RecurrentActivation.Relu, ReturnSequences = false)]
[Dense(2)]
[MeanSquaredError]
public partial class SimpleRnnRelu;

/// <summary>Reads forwards.</summary>
[Block, Lstm(3)]
public partial class ReadForwards;

/// <summary>Reads backwards.</summary>
[Block, Lstm(4, GoBackwards = true)]
public partial class ReadBackwards;

/// <summary>Both directions side by side: a bidirectional layer.</summary>
[Model, Input(9, 3, Sequence = true), Concat<ReadForwards, ReadBackwards>, Dense(2), MeanSquaredError]
public partial class LstmBidirectional;

/// <summary>A recurrent layer on normalized features.</summary>
[Block, LayerNorm, Gru(4)]
public partial class GruBlock;

/// <summary>A recurrent layer around which the input passes.</summary>
[Model, Input(5, 3, Sequence = true), Dense(4), Residual<GruBlock>, Dense(2), MeanSquaredError]
public partial class GruResidual;

/// <summary>The sum of two numbers of a sequence.</summary>
[Model, Input(12, 2, Sequence = true), Lstm(16, ReturnSequences = false), Dense(1), MeanSquaredError]
public partial class AddingProblem;

/// <summary>For each step of a sequence of bits, what an earlier one was.</summary>
[Model, Input(12, 1, Sequence = true), Gru(12), Dense(2), SoftmaxCrossEntropy]
public partial class EchoProblem;

/// <summary>A language model of recurrent layers, which keep their states from token to token.</summary>
[Model]
[Input(9, Type = ElementType.Token), Embedding(11, 5), Gru(6), SimpleRnn(7, Activation = RecurrentActivation.Relu)]
[Lstm(5, UseBias = false), Dense(11)]
[SoftmaxCrossEntropy]
public partial class RecurrentTokens;

/// <summary>Written down, so many steps that the program is divided into several methods.</summary>
[Model]
[Input(60, 2, Sequence = true), SimpleRnn(3, Unroll = Unrolling.Always, ReturnSequences = false), Dense(2)]
[MeanSquaredError]
public partial class SimpleRnnManySteps;
