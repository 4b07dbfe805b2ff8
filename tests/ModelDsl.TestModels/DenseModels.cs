namespace ModelDsl.TestModels;

/// <summary>One multiplication and one addition: the smallest model there is.</summary>
[Model, Input(1), Dense(1), MeanSquaredError]
public partial class DenseOneToOne;

/// <summary>Fewer outputs than any vector holds.</summary>
[Model, Input(3), Dense(2), MeanSquaredError]
public partial class DenseThreeToTwo;

/// <summary>More inputs than a vector holds, one output.</summary>
[Model, Input(33), Dense(1), MeanSquaredError]
public partial class DenseToOne;

/// <summary>One input, more outputs than a vector holds.</summary>
[Model, Input(1), Dense(33), MeanSquaredError]
public partial class DenseFromOne;

/// <summary>A matrix product alone.</summary>
[Model]
[Input(7), Dense(3, UseBias = false)]
[MeanSquaredError]
public partial class DenseNoBias;

/// <summary>A layer without a bias between two that have one.</summary>
[Model]
[Input(5), Dense(17), Tanh]
[Dense(9, UseBias = false), Tanh]
[Dense(3)]
[MeanSquaredError]
public partial class DenseNoBiasBetween;

/// <summary>Widths around the vector of 16 floats.</summary>
[Model]
[Input(15), Dense(16), Tanh]
[Dense(17), Tanh]
[Dense(15)]
[MeanSquaredError]
public partial class DenseAroundSixteen;

/// <summary>Widths around two vectors of 16 floats.</summary>
[Model]
[Input(31), Dense(32), Tanh]
[Dense(33), Tanh]
[Dense(31)]
[MeanSquaredError]
public partial class DenseAroundThirtyTwo;

/// <summary>Layers that are wide enough to leave the compiler's unrolled code for the blocked kernels.</summary>
[Model]
[Input(130), Dense(257), Tanh]
[Dense(65), Tanh]
[Dense(11)]
[SoftmaxCrossEntropy]
public partial class DenseWide;

/// <summary>Two layers with nothing between them.</summary>
[Model, Input(6), Dense(7), Dense(3), MeanSquaredError]
public partial class DenseAfterDense;

/// <summary>Six layers deep.</summary>
[Model]
[Input(4), Dense(8), Tanh, Dense(7), Tanh, Dense(6), Tanh]
[Dense(5), Tanh, Dense(4), Tanh, Dense(3)]
[MeanSquaredError]
public partial class DenseDeep;

/// <summary>Layers whose names are the user's own.</summary>
[Model]
[Input(5), Dense(4, Name = "encoder"), Relu]
[Dense(3, Name = "decoder")]
[MeanSquaredError]
public partial class DenseNamed;
