namespace ModelDsl.TestModels;

/// <summary>A gate's one side.</summary>
[Block, Dense(5), Sigmoid]
public partial class StepGate;

/// <summary>A gate's other side.</summary>
[Block, RmsNorm, Dense(5)]
public partial class StepContent;

/// <summary>Branches of different widths.</summary>
[Block, Dense(3), Softmax]
public partial class StepNarrow;

/// <summary>Attention of one head without biases.</summary>
[Block, BatchNorm, SelfAttention(Causal = true, UseBias = false), Dropout(0.2f)]
public partial class StepAttend;

/// <summary>All compositions and normalisations that work on each step by itself, around causal attention.</summary>
[Model]
[Input(9, Type = ElementType.Token), Embedding(11, 5), PositionEmbedding, SpatialDropout(0.1f)]
[Multiply<StepGate, StepContent>]
[Repeat<StepAttend>(3)]
[Sum<StepGate, StepContent>]
[Concat<StepNarrow, StepContent>]
[Activation<Softsign>, LogSoftmax, Dense(11)]
[SoftmaxCrossEntropy]
public partial class GenerativeMix;

/// <summary>Gates of one number and of each feature of a step.</summary>
[Model]
[Input(7, Type = ElementType.Token), Embedding(6, 5), Multiply<NumberGate>, SimpleRnn(5), Multiply<StepGate>]
[Multiply<StepContent, NumberGate>, Dense(6)]
[SoftmaxCrossEntropy]
public partial class GenerativeGates;

/// <summary>Nothing in it tells one step from another, so a sequence may go on for ever.</summary>
[Model, Input(4, Type = ElementType.Token), Embedding(6, 3), Dense(6), SoftmaxCrossEntropy]
public partial class BigramModel;
