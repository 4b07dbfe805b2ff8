namespace ModelDsl.TestModels;

/// <summary>A convolutional network whose samples' gradients are clipped by their norms.</summary>
[Model(PerSampleClipping = true)]
[Input(7, 6, 2), Conv2D(6, 3), Tanh, GroupNorm(3), MaxPool2D(2), Flatten, Dropout(0.2f), Dense(5), Prelu, Dense(3)]
[SoftmaxCrossEntropy]
public partial class ClippedConvnet;

/// <summary>A network whose samples' gradients are clipped one after the other, since two layers share a
/// weight.</summary>
[Model(PerSampleClipping = true)]
[Input(4, 5, Sequence = true), Dense(5), Tanh, Dropout(0.2f), Dense(5, TiedTo = "dense1"), LayerNorm, Flatten]
[Dense(3, WeightL2 = 0.01f), SoftmaxCrossEntropy]
public partial class ClippedOneByOne;

/// <summary>Convolutions with few pixels and many filters, whose samples' norms need no gradients of samples.</summary>
[Model(PerSampleClipping = true)]
[Input(3, 4, 16), Conv2D(64, 3, Stride = 2, Padding = Padding.Same, Groups = 2), Tanh]
[Conv2D(24, 2, Dilation = 2, PaddingSize = 1, UseBias = false), Tanh, ConvTranspose2D(12, 2, Stride = 2), Tanh]
[Flatten, Dense(3), SoftmaxCrossEntropy]
public partial class ClippedFewPixels;
