using ModelDsl;

namespace MnistSaliencySample;

/// <summary>
/// A small convolutional network whose answers are explained. It has no dropout, so that its passes in training mode
/// compute what its predictions do.
/// </summary>
[Model(InputGradient = true)]
[Input(28, 28), Reshape(28, 28, 1)]
[Conv2D(16, 3), Relu, MaxPool2D(2)]
[Conv2D(32, 3), Relu, MaxPool2D(2)]
[Flatten, Dense(64), Relu]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class DigitReader;
