using ModelDsl;

namespace MnistSample;

/// <summary><see cref="MnistMlp"/>, trained with what its layers hand on in <see cref="Precision.BFloat16"/>.</summary>
[Model(Precision = Precision.BFloat16)]
[Input(28, 28), Flatten]
[Dense(512), Relu, Dropout(0.2f)]
[Dense(512), Relu, Dropout(0.2f)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class MnistMlpBFloat16;

/// <summary><see cref="MnistMlp"/>, trained with what its layers hand on in <see cref="Precision.Float16"/>.</summary>
[Model(Precision = Precision.Float16)]
[Input(28, 28), Flatten]
[Dense(512), Relu, Dropout(0.2f)]
[Dense(512), Relu, Dropout(0.2f)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class MnistMlpFloat16;

/// <summary>
/// <see cref="MnistConvnet"/>, trained with what its layers hand on in <see cref="Precision.BFloat16"/>.
/// </summary>
[Model(Precision = Precision.BFloat16)]
[Input(28, 28), Reshape(28, 28, 1)]
[Conv2D(32, 3, UseBias = false), BatchNorm, Relu]
[Conv2D(32, 5, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Dropout(0.3f)]
[Conv2D(64, 3, UseBias = false), BatchNorm, Relu]
[Conv2D(64, 5, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Dropout(0.3f)]
[Flatten, Dense(128, UseBias = false), BatchNorm, Relu, Dropout(0.4f)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class MnistConvnetBFloat16;

/// <summary>
/// <see cref="MnistConvnet"/>, trained with what its layers hand on in <see cref="Precision.Float16"/>.
/// </summary>
[Model(Precision = Precision.Float16)]
[Input(28, 28), Reshape(28, 28, 1)]
[Conv2D(32, 3, UseBias = false), BatchNorm, Relu]
[Conv2D(32, 5, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Dropout(0.3f)]
[Conv2D(64, 3, UseBias = false), BatchNorm, Relu]
[Conv2D(64, 5, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Dropout(0.3f)]
[Flatten, Dense(128, UseBias = false), BatchNorm, Relu, Dropout(0.4f)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class MnistConvnetFloat16;
