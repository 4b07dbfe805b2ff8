namespace ModelDsl.TestModels;

/// <summary>Two inputs, two answers of different kinds.</summary>
[Model, Concat<ImageTower, NumbersTower>, Dense(8), Tanh, Outputs<KindHead, PlaceHead>]
public partial class TwoTowersTwoHeads;

/// <summary>Numbers beside tokens.</summary>
[Model, Concat<NumbersTower, WordsTower>, Dense(5), SoftmaxCrossEntropy]
public partial class TokenTower;

/// <summary>Two inputs through one kind of tower, each with parameters of its own.</summary>
[Model, Sum<NumbersTower, NumbersTower>, Relu, Dense(3), MeanSquaredError]
public partial class TwinTowers;

/// <summary>An input that meets another as it is, but for dropout.</summary>
[Model, Concat<NumbersTower, BareTower>, Dense(3), MeanSquaredError]
public partial class BareTowers;

/// <summary>One kind of head twice, one that weighs nothing but its outputs, and the trunk itself as a fourth.</summary>
[Model, Input(5), Dense(7), Tanh, Outputs<KindHead, KindHead, PlaceHead, TrunkHead>]
public partial class FourHeads;

/// <summary>Heads that answer at each step of a sequence, where some steps are padding, and for the sequence as a whole.</summary>
[Model, Input(6, 4, Sequence = true), Dense(9), Tanh, Outputs<StepHead, WholeHead, YesHead>]
public partial class HeadsOnSteps;

/// <summary>A pair that is alike or not, and what each of the two is.</summary>
[Model, Input(2, 5, Sequence = true), Dense(7), Tanh, Outputs<PairHead, StepHead>]
public partial class PairHeads;

/// <summary>Heads that read the samples themselves.</summary>
[Model, Input(3), Outputs<TrunkHead, PlaceHead>]
public partial class HeadsOnInput;

/// <summary>A picture.</summary>
[Block, Input(3, 4), Flatten, Dense(7), Relu]
public partial class ImageTower;

/// <summary>Numbers.</summary>
[Block, Input(5), Dense(6), Tanh]
public partial class NumbersTower;

/// <summary>Words.</summary>
[Block, Input(4, Type = ElementType.Token), Embedding(9, 3), Flatten, Dense(6), Tanh]
public partial class WordsTower;

/// <summary>Numbers as they are, but for dropout.</summary>
[Block, Input(3), Dropout(0.2f)]
public partial class BareTower;

/// <summary>Which of five.</summary>
[Block, Dense(5), SoftmaxCrossEntropy(Weight = 0.3f, LabelSmoothing = 0.1f, ClassWeights = [1, 2, 1, 0.5f, 1])]
public partial class KindHead;

/// <summary>Where.</summary>
[Block, Dense(6, WeightL2 = 0.05f), Tanh, Dense(2), Huber(0.8f)]
public partial class PlaceHead;

/// <summary>The trunk itself.</summary>
[Block, MeanSquaredError(Weight = 0.5f)]
public partial class TrunkHead;

/// <summary>Which of three, at each step.</summary>
[Block, Dense(3), SoftmaxCrossEntropy(IgnoredLabel = -1)]
public partial class StepHead;

/// <summary>One number for the sequence.</summary>
[Block, Flatten, Dense(1), MeanAbsoluteError(Weight = 2)]
public partial class WholeHead;

/// <summary>Yes or no for the sequence.</summary>
[Block, Flatten, Dense(1), BinaryCrossEntropy]
public partial class YesHead;

/// <summary>Near where alike.</summary>
[Block, Dense(4), Contrastive(2)]
public partial class PairHead;
