namespace ModelDsl.TestModels;

/// <summary>Penalties for the weights of every kind of layer that has them.</summary>
[Model, Input(6, 7, 3)]
[Conv2D(4, 3, WeightL2 = 0.02f), Relu, DepthwiseConv2D(2, WeightL1 = 0.01f), ConvTranspose2D(3, 2, WeightL1 = 0.03f, WeightL2 = 0.01f)]
[Flatten, Dense(3, WeightL1 = 0.01f, WeightL2 = 0.05f), SoftmaxCrossEntropy]
public partial class PenaltyOfWeights;

/// <summary>A penalty for an embedding and a one-dimensional convolution.</summary>
[Model, Input(6, Type = ElementType.Token), Embedding(9, 5, WeightL2 = 0.1f), Conv1D(4, 3, WeightL1 = 0.02f), Flatten, Dense(2), MeanSquaredError]
public partial class PenaltyOfEmbedding;

/// <summary>A penalty that a frozen layer pays nothing of, beside one in a block that is used twice.</summary>
[Model, Input(5), Dense(7, Frozen = true, WeightL2 = 0.5f), Tanh, Residual<PenalizedBlock>, Residual<PenalizedBlock>, Dense(2), MeanSquaredError]
public partial class PenaltyInBlocks;

/// <summary>A penalised layer.</summary>
[Block, Dense(7, WeightL2 = 0.1f), Tanh]
public partial class PenalizedBlock;

/// <summary>Penalties for activities: of the input, between layers, behind a rectifier and of the output.</summary>
[Model, Input(5), ActivityRegularization(L2 = 0.3f), Dense(19), ActivityRegularization(L1 = 0.02f), Tanh, Dense(7), Relu]
[ActivityRegularization(L1 = 0.1f, L2 = 0.05f), Dense(3), ActivityRegularization(L2 = 0.1f), MeanSquaredError]
public partial class PenaltyOfActivities;

/// <summary>A penalty of nothing, and one at each step of a sequence, with dropout before it.</summary>
[Model, Input(3, 4, Sequence = true), ActivityRegularization, Dense(5), Tanh, Dropout(0.3f), ActivityRegularization(L1 = 0.1f), Dense(2), MeanSquaredError]
public partial class PenaltyOnSteps;
