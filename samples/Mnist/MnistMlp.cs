using ModelDsl;

namespace MnistSample;

/// <summary>The classic two-hidden-layer perceptron for handwritten digits.</summary>
[Model]
[Input(28, 28), Flatten]
[Dense(512), Relu, Dropout(0.2f)]
[Dense(512), Relu, Dropout(0.2f)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class MnistMlp;
