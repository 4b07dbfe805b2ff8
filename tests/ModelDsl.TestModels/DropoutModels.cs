namespace ModelDsl.TestModels;

/// <summary>Dropout after an activation, as it is used.</summary>
[Model, Input(5), Dense(33), Relu, Dropout(0.5f), Dense(3), MeanSquaredError]
public partial class DropoutAfterRelu;

/// <summary>Dropout in two places.</summary>
[Model]
[Input(7), Dense(17), Tanh, Dropout(0.2f)]
[Dense(15), Gelu, Dropout(0.4f)]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class DropoutTwice;

/// <summary>Two dropouts in a row: each has a mask of its own.</summary>
[Model, Input(5), Dense(17), Tanh, Dropout(0.2f), Dropout(0.3f), Dense(3), MeanSquaredError]
public partial class DropoutInARow;

/// <summary>Dropout of the input.</summary>
[Model, Input(33), Dropout(0.2f), Dense(3), MeanSquaredError]
public partial class DropoutFirst;

/// <summary>Dropout of a product, before its activation.</summary>
[Model, Input(5), Dense(17), Dropout(0.3f), Sigmoid, Dense(3), MeanSquaredError]
public partial class DropoutBeforeActivation;

/// <summary>Dropout of the output.</summary>
[Model, Input(5), Dense(17), Dropout(0.3f), MeanSquaredError]
public partial class DropoutLast;

/// <summary>Dropout that drops nothing.</summary>
[Model, Input(5), Dense(17), Relu, Dropout(0f), Dense(3), MeanSquaredError]
public partial class DropoutOfNothing;

/// <summary>Dropout on an image.</summary>
[Model, Input(3, 7), Dropout(0.25f), Tanh, Flatten, Dense(2), MeanSquaredError]
public partial class DropoutOnImage;

/// <summary>Dropout around a softmax.</summary>
[Model, Input(5), Dense(9), Dropout(0.2f), Softmax, Dropout(0.2f), Dense(2), MeanSquaredError]
public partial class DropoutAroundSoftmax;
