namespace ModelDsl.TestModels;

/// <summary>
/// Between a convolution and its activation, as it is used; without a bias, which the normalisation would take off again.
/// </summary>
[Model]
[Input(5, 6, 2)]
[Conv2D(5, 3, UseBias = false), BatchNorm, Relu]
[Conv2D(17, 2, UseBias = false), BatchNorm(Momentum = 0.3f, Epsilon = 1e-2f), Tanh]
[GlobalAveragePool, Dense(3)]
[SoftmaxCrossEntropy]
public partial class BatchNormAfterConvolution;

/// <summary>On vectors, first and last.</summary>
[Model, Input(7), BatchNorm, Tanh, Dense(5, UseBias = false), BatchNorm(Epsilon = 0.1f), MeanSquaredError]
public partial class BatchNormOnVectors;

/// <summary>Frozen: running statistics in training too.</summary>
[Model, Input(4, 4, 3), Conv2D(4, 2), BatchNorm(Frozen = true), Relu, Conv2D(2, 2), MeanSquaredError]
public partial class BatchNormFrozen;

/// <summary>A residual block with a normalisation before each activation.</summary>
[Block]
[Conv2D(6, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(6, 3, Padding = Padding.Same, UseBias = false), BatchNorm]
public partial class BatchNormBranch;

/// <summary>A residual network in small.</summary>
[Model]
[Input(6, 6, 1)]
[Conv2D(6, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Residual<BatchNormBranch>, Relu, MaxPool2D(2)]
[Residual<BatchNormBranch>, Relu, GlobalAveragePool, Dropout(0.1f)]
[Dense(4)]
[SoftmaxCrossEntropy]
public partial class SmallResNet;
