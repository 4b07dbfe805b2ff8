using ModelDsl;

namespace MnistSample;

/// <summary>A small convolutional network for handwritten digits. Strides halve the image where others pool.</summary>
[Model]
[Input(28, 28), Reshape(28, 28, 1)]
[Conv2D(32, 3, UseBias = false), BatchNorm, Relu]
[Conv2D(32, 5, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Dropout(0.3f)]
[Conv2D(64, 3, UseBias = false), BatchNorm, Relu]
[Conv2D(64, 5, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Dropout(0.3f)]
[Flatten, Dense(128, UseBias = false), BatchNorm, Relu, Dropout(0.4f)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class MnistConvnet;
