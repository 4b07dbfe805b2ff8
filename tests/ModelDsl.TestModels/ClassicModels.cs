namespace ModelDsl.TestModels;

/// <summary>The price of a house from its area: y = θ0 + θ1·x.</summary>
[Model, Input(1), Dense(1), MeanSquaredError]
public partial class HousePrice;

/// <summary>Exclusive or, which no linear model can learn.</summary>
[Model, Input(2), Dense(8), Tanh, Dense(1), BinaryCrossEntropy]
public partial class ExclusiveOr;

/// <summary>A model so small that a framework's overhead is everything.</summary>
[Model]
[Input(16)]
[Dense(32), Relu]
[Dense(32), Relu]
[Dense(4)]
[SoftmaxCrossEntropy]
public partial class SmallMlp;

/// <summary>The digit classifier of the main sample.</summary>
[Model]
[Input(28, 28), Flatten]
[Dense(512), Relu, Dropout(0.2f)]
[Dense(512), Relu, Dropout(0.2f)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class MnistMlp;

/// <summary>The digit classifier without dropout, in small: what libtorch can be compared with to the last digits.</summary>
[Model]
[Input(7, 7), Flatten]
[Dense(31), Relu]
[Dense(17), Relu]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class DigitMlp;
