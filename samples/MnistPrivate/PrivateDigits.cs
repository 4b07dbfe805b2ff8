using ModelDsl;

namespace MnistPrivateSample;

/// <summary>
/// The small convolutional network of Papernot et al., "Tempered Sigmoid Activations for Deep Learning with
/// Differential Privacy" (2021): tanh keeps activations, and with them gradients, small, so that clipping takes less
/// from them.
/// </summary>
[Model(PerSampleClipping = true)]
[Input(28, 28), Reshape(28, 28, 1)]
[Conv2D(16, 8, Stride = 2, Padding = Padding.Same), Tanh, MaxPool2D(2, Stride = 1)]
[Conv2D(32, 4, Stride = 2), Tanh, MaxPool2D(2, Stride = 1)]
[Flatten, Dense(32), Tanh]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class PrivateDigits;
