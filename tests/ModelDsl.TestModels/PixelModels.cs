namespace ModelDsl.TestModels;

/// <summary>A class for each pixel of an image.</summary>
[Model, Input(4, 4, 3), Conv2D(2, 1), SoftmaxCrossEntropy]
public partial class PixelClasses;

/// <summary>A class for each pixel of an image, some of them rarer or left out.</summary>
[Model]
[Input(3, 5, 2), Conv2D(4, 3, Padding = Padding.Same), Tanh, Conv2D(3, 1)]
[SoftmaxCrossEntropy(ClassWeights = [1, 2, 0.5f], LabelSmoothing = 0.1, IgnoredLabel = 2)]
public partial class PixelClassesWeighted;
