namespace ModelDsl.TestModels;

/// <summary>Margins of each output by itself, of which several targets may hold.</summary>
[Model, Input(5), Dense(7), Tanh, Dense(19), ElementwiseHinge]
public partial class HingeOfElements;

/// <summary>Squares of missing margins, for each pixel.</summary>
[Model, Input(4, 3, 2), Conv2D(3, 2), Tanh, Conv2D(2, 1), ElementwiseHinge(Squared = true, Weight = 0.5)]
public partial class SquaredHingeOfPixels;

/// <summary>Huber's loss with a corner that half of the errors lie beyond.</summary>
[Model, Input(5), Dense(7), Tanh, Dense(3), Huber(0.7f)]
public partial class HuberModel;

/// <summary>The divergence of logarithms of probabilities.</summary>
[Model, Input(5), Dense(7), LogSoftmax, KullbackLeibler]
public partial class DivergenceOfLogarithms;

/// <summary>The divergence of probabilities at each step of a sequence.</summary>
[Model, Input(3, 5, Sequence = true), Dense(19), Softmax, KullbackLeibler(FromProbabilities = true)]
public partial class DivergenceOnSteps;

/// <summary>Cross-entropy that is never sure.</summary>
[Model, Input(5), Dense(7), SoftmaxCrossEntropy(LabelSmoothing = 0.1f)]
public partial class CrossEntropySmoothed;

/// <summary>Cross-entropy of classes that count differently, one of them not at all.</summary>
[Model, Input(5), Dense(3), SoftmaxCrossEntropy(ClassWeights = [0.5f, 0f, 2f])]
public partial class CrossEntropyWeighted;

/// <summary>Everything at each step of a sequence, of which some are padding, and a factor on top.</summary>
[Model, Input(7, 3, Sequence = true), Dense(9), Tanh, Dense(5)]
[SoftmaxCrossEntropy(
    ClassWeights = [0.5f, 1f, 2f, 1.5f, 0.25f], LabelSmoothing = 0.2f, IgnoredLabel = -100, Weight = 0.3f)]
public partial class CrossEntropyOnSteps;

/// <summary>One positive weight for all outputs.</summary>
[Model, Input(5), Dense(17), BinaryCrossEntropy(PositiveWeights = [3f])]
public partial class BinaryCrossEntropyWeighted;

/// <summary>A positive weight for each output.</summary>
[Model, Input(5), Dense(3), BinaryCrossEntropy(PositiveWeights = [0.5f, 1f, 4f])]
public partial class BinaryCrossEntropyWeightedEach;

/// <summary>Pairs, embedded by the same layers.</summary>
[Model, Input(2, 5, Sequence = true), Dense(7), Tanh, Dense(19), Contrastive(2f)]
public partial class ContrastivePairs;

/// <summary>Triplets, embedded by the same layers.</summary>
[Model, Input(3, 5, Sequence = true), Dense(7), Tanh, Dense(19), Tanh, Triplet(0.6f)]
public partial class TripletModel;

/// <summary>A loss that the library does not have.</summary>
[Model, Input(5), Dense(7), Tanh, Dense(3), Loss<LogCosh>]
public partial class CustomLossModel;
