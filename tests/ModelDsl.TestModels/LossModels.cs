namespace ModelDsl.TestModels;

/// <summary>Squared error on an image.</summary>
[Model, Input(5), Dense(6), Reshape(2, 3), MeanSquaredError]
public partial class MeanSquaredErrorOnImage;

/// <summary>Cross-entropy over three classes, by label or by distribution.</summary>
[Model, Input(5), Dense(3), SoftmaxCrossEntropy]
public partial class CrossEntropyThree;

/// <summary>Cross-entropy over more classes than a vector holds.</summary>
[Model, Input(5), Dense(33), SoftmaxCrossEntropy]
public partial class CrossEntropyMany;

/// <summary>Cross-entropy over two classes behind a hidden layer.</summary>
[Model, Input(7), Dense(15), Relu, Dense(2), SoftmaxCrossEntropy]
public partial class CrossEntropyHidden;

/// <summary>Yes or no.</summary>
[Model, Input(3), Dense(7), Tanh, Dense(1), BinaryCrossEntropy]
public partial class BinaryCrossEntropyOne;

/// <summary>Seventeen questions, each yes or no.</summary>
[Model, Input(5), Dense(17), BinaryCrossEntropy]
public partial class BinaryCrossEntropyMany;

/// <summary>The margin loss for two classes: one output.</summary>
[Model, Input(5), Dense(7), Tanh, Dense(1), Hinge]
public partial class HingeBinary;

/// <summary>The margin loss for five classes.</summary>
[Model, Input(5), Dense(7), Tanh, Dense(5), Hinge]
public partial class HingeMultiClass;

/// <summary>The margin loss for more classes than a vector holds.</summary>
[Model, Input(5), Dense(19), Hinge]
public partial class HingeManyClasses;
