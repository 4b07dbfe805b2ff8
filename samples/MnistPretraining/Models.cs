using ModelDsl;

namespace MnistPretrainingSample;

/// <summary>What all three models have in common, and what pre-training makes.</summary>
[Block]
[Dense(512), Relu]
[Dense(256), Relu]
public partial class DigitEncoder;

/// <summary>
/// Restores images of which half of the pixels are missing: it needs no labels. Vincent et al., "Stacked Denoising
/// Autoencoders" (2010). Dropout is what hides the pixels.
/// </summary>
[Model]
[Input(28, 28), Flatten, Dropout(0.5f)]
[Repeat<DigitEncoder>(1)]
[Dense(784)]
[BinaryCrossEntropy]
public partial class MaskedAutoencoder;

/// <summary>
/// Learns to read digits from the features of an encoder that stays as it is: none of its gradients are computed.
/// </summary>
[Model]
[Input(28, 28), Flatten]
[Repeat<DigitEncoder>(1, Frozen = true)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class FrozenClassifier;

/// <summary>The same network with an encoder that learns too.</summary>
[Model]
[Input(28, 28), Flatten]
[Repeat<DigitEncoder>(1), Dropout(0.2f)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class DigitClassifier;
