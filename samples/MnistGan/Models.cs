using ModelDsl;

namespace MnistGanSample;

/// <summary>
/// Makes an image of noise. Its loss is never computed: what it minimises comes from the discriminator, as the gradient
/// that is handed to <c>Backward</c>.
/// </summary>
[Model(InputGradient = true)]
[Input(64)]
[Dense(256, UseBias = false), BatchNorm, LeakyRelu(0.2f)]
[Dense(512, UseBias = false), BatchNorm, LeakyRelu(0.2f)]
[Dense(784), Sigmoid, Reshape(28, 28)]
[MeanSquaredError]
public partial class DigitGenerator;

/// <summary>Says how real an image looks, as a logit.</summary>
[Model(InputGradient = true)]
[Input(28, 28), Flatten]
[Dense(256), LeakyRelu(0.2f), Dropout(0.4f)]
[Dense(128), LeakyRelu(0.2f), Dropout(0.4f)]
[Dense(1)]
[BinaryCrossEntropy]
public partial class DigitDiscriminator;
