namespace ModelDsl.TestModels;

/// <summary>Softmax as the last layer, before a loss that does not apply it itself.</summary>
[Model, Input(5), Dense(7), Softmax, MeanSquaredError]
public partial class SoftmaxMeanSquaredError;

/// <summary>Softmax within the model.</summary>
[Model, Input(5), Dense(17), Softmax, Dense(3), MeanSquaredError]
public partial class SoftmaxInside;

/// <summary>Softmax over the rows of an image, not over all of it.</summary>
[Model, Input(5), Dense(12), Reshape(4, 3), Softmax, MeanSquaredError]
public partial class SoftmaxOnRows;

/// <summary>Softmax between two other activations.</summary>
[Model, Input(5), Dense(9), Tanh, Softmax, Sigmoid, Dense(2), MeanSquaredError]
public partial class SoftmaxBetweenActivations;
