namespace ModelDsl.TestModels;

/// <summary>A hidden layer that comes back to the width it started from.</summary>
[Block, Dense(7), Gelu, Dropout(0.25f), Dense(5)]
public partial class Bottleneck;

/// <summary>A residual block with an activation behind the sum.</summary>
[Block, Residual<Bottleneck>, Relu]
public partial class ResidualStage;

/// <summary>A gate between 0 and 1.</summary>
[Block, Dense(5), Sigmoid]
public partial class Gate;

/// <summary>What a gate lets through.</summary>
[Block, Dense(5, UseBias = false)]
public partial class Candidate;

/// <summary>A wider branch.</summary>
[Block, Dense(17), Tanh]
public partial class WideBranch;

/// <summary>Hands through what it is given.</summary>
[Block]
public partial class Identity;

/// <summary>A branch that is a composition itself.</summary>
[Block, Concat<Gate, WideBranch>, Dense(5)]
public partial class NestedBranch;

/// <summary>x + T(x) on a hidden value that leads to parameters on both sides.</summary>
[Model]
[Input(5), Dense(5), Residual<Bottleneck>, Dense(2)]
[MeanSquaredError]
public partial class ResidualHidden;

/// <summary>x + T(x) on the samples themselves, which need no gradient.</summary>
[Model]
[Input(5), Residual<Bottleneck>]
[MeanSquaredError]
public partial class ResidualOfInput;

/// <summary>x + x: both branches are the same value.</summary>
[Model]
[Input(3), Dense(5), Residual<Identity>, Dense(2)]
[MeanSquaredError]
public partial class ResidualOfIdentity;

/// <summary>Copies of a block, each with parameters and dropout masks of its own.</summary>
[Model]
[Input(5), Repeat<ResidualStage>(3), Dense(3)]
[SoftmaxCrossEntropy]
public partial class RepeatedResidual;

/// <summary>A gate: the product of two branches.</summary>
[Model]
[Input(3), Dense(4), Multiply<Gate, Candidate>, Dense(2)]
[MeanSquaredError]
public partial class Gated;

/// <summary>Three branches added up.</summary>
[Model]
[Input(3), Dense(4), Sum<Gate, Candidate, NestedBranch>, Dense(2)]
[MeanSquaredError]
public partial class SumOfThree;

/// <summary>Four branches of different widths side by side, one of them the value itself.</summary>
[Model]
[Input(3), Dense(4), Concat<Gate, Identity, WideBranch, Candidate>, Dense(3)]
[SoftmaxCrossEntropy]
public partial class ConcatOfFour;

/// <summary>The first layer stays as it was drawn, the one behind it learns.</summary>
[Model]
[Input(3), Dense(4, Frozen = true), Tanh, Dense(2)]
[MeanSquaredError]
public partial class FrozenFirst;

/// <summary>A frozen layer that gradients pass through on their way to a trainable one.</summary>
[Model]
[Input(3), Dense(4), Tanh, Repeat<Gate>(2, Frozen = true), Dense(2)]
[MeanSquaredError]
public partial class FrozenMiddle;

/// <summary>A gate of the pooled channels.</summary>
[Block, GlobalAveragePool, Dense(3), Relu, Dense(7), Sigmoid]
public partial class ChannelGate;

/// <summary>A gate of one number for each pixel.</summary>
[Block, Conv2D(1, 1), Sigmoid]
public partial class PixelGate;

/// <summary>A gate of one row of pixels, in which the channels differ.</summary>
[Block, GlobalAveragePool, Dense(35), Tanh, Reshape(1, 5, 7)]
public partial class RowGate;

/// <summary>A gate of one number.</summary>
[Block, Dense(1), Sigmoid]
public partial class NumberGate;

/// <summary>A gate of all steps for each feature.</summary>
[Block, GlobalAveragePool, Dense(5), Sigmoid]
public partial class FeatureGate;

/// <summary>Squeeze-and-excitation of an image with odd extents, and a gate for each pixel.</summary>
[Model]
[Input(5, 3, 2), Conv2D(7, 1), Tanh, Multiply<ChannelGate>, Multiply<PixelGate>, GlobalAveragePool, Dense(3)]
[SoftmaxCrossEntropy]
public partial class GatedImage;

/// <summary>A gate that is laid out first, before the samples themselves and behind a convolution.</summary>
[Model]
[Input(3, 5, 7), Multiply<RowGate>, Conv2D(7, 1), Multiply<RowGate>]
[MeanSquaredError]
public partial class GatedRows;

/// <summary>Gates of features, of steps and of each element, and the square of what flows.</summary>
[Model]
[Input(6, 3, Sequence = true), Dense(5)]
[Multiply<FeatureGate>, Multiply<NumberGate>, Multiply<Gate>, Multiply<Identity>]
[Dense(2)]
[MeanSquaredError]
public partial class GatedSteps;

/// <summary>A gate of one number for a vector, and copies of a block that has one.</summary>
[Model]
[Input(4), Dense(5), Multiply<NumberGate>, Repeat<GatedStage>(3)]
[MeanSquaredError]
public partial class GatedVector;

/// <summary>A gate within a residual block.</summary>
[Block, Residual<GatedBranch>, Tanh]
public partial class GatedStage;

/// <summary>A product of branches, of which the first is broadcast to the second.</summary>
[Block, Multiply<NumberGate, Bottleneck>]
public partial class GatedBranch;

/// <summary>Branches that are both broadcast: rows by columns.</summary>
[Model]
[Input(6), Dense(5), Multiply<ColumnOfThree, RowOfFour>, Flatten, Dense(2)]
[MeanSquaredError]
public partial class GatedOuter;

/// <summary>Three rows of one element.</summary>
[Block, Dense(3), Tanh, Reshape(3, 1)]
public partial class ColumnOfThree;

/// <summary>A row of four elements.</summary>
[Block, Dense(4), Tanh]
public partial class RowOfFour;
