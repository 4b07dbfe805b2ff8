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
