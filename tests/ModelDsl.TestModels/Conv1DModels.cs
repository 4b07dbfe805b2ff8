namespace ModelDsl.TestModels;

/// <summary>Convolutions along a sequence, one of which sees no step after its own.</summary>
[Model]
[Input(9, 3, Sequence = true)]
[Conv1D(5, 3, Padding = Padding.Same), Relu]
[Conv1D(4, 2, Causal = true, Dilation = 2, UseBias = false), Tanh]
[GlobalAveragePool, Dense(2)]
[MeanSquaredError]
public partial class Conv1DSequence;

/// <summary>With strides, paddings and groups; Dense and SpatialDropout work on each step.</summary>
[Model]
[Input(11, 4, Sequence = true)]
[Conv1D(6, 3, Stride = 2, PaddingSize = 1, Groups = 2), SpatialDropout(0.3f), Tanh]
[Conv1D(5, 1), Sigmoid, Conv1D(3, 2, Stride = 2, Padding = Padding.Same), Dense(3)]
[MeanSquaredError]
public partial class Conv1DStrided;
