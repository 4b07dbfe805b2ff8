namespace ModelDsl.TestModels;

/// <summary>Sines and cosines on an odd number of features, on the samples and on what was computed.</summary>
[Model, Input(5, 3, Sequence = true), SinusoidalPosition, Dense(7), SinusoidalPosition, Dense(2), MeanSquaredError]
public partial class SinusoidalPositions;

/// <summary>Rotary positions in heads of three pairs, to all steps.</summary>
[Model, Input(5, 4, Sequence = true), Dense(12), SelfAttention(Heads = 2, Rotary = true), Dense(3), SoftmaxCrossEntropy]
public partial class AttentionRotary;

/// <summary>Rotary positions in heads of more than a vector, on the samples themselves, with angles of another base.</summary>
[Model, Input(19, 20, Sequence = true), SelfAttention(Causal = true, Rotary = true, RotaryBase = 50f), Dense(1), MeanSquaredError]
public partial class AttentionRotaryCausal;

/// <summary>Attention by rotary positions alone.</summary>
[Block, RmsNorm, SelfAttention(Heads = 2, Causal = true, Rotary = true)]
public partial class RotaryAttend;

/// <summary>A language model that knows positions only from its attention.</summary>
[Model]
[Input(7, Type = ElementType.Token), Embedding(9, 8)]
[Repeat<Residual8>(2)]
[RmsNorm, Dense(9)]
[SoftmaxCrossEntropy]
public partial class RotaryGpt;

/// <summary>A layer of it.</summary>
[Block, Residual<RotaryAttend>]
public partial class Residual8;

/// <summary>A language model that knows positions by sines and cosines.</summary>
[Model]
[Input(7, Type = ElementType.Token), Embedding(9, 6), SinusoidalPosition]
[Residual<TinyAttend>]
[Dense(9)]
[SoftmaxCrossEntropy]
public partial class SinusoidalGpt;
