namespace ModelDsl.TestModels;

/// <summary>Layer normalization of a vector, between two layers that want gradients.</summary>
[Model, Input(5), Dense(7), LayerNorm, Dense(3), MeanSquaredError]
public partial class LayerNormInside;

/// <summary>Layer normalization of the samples themselves, whose gradient nobody wants.</summary>
[Model, Input(33), LayerNorm, Dense(2), MeanSquaredError]
public partial class LayerNormFirst;

/// <summary>Layer normalization without a bias of each step, with a function right behind it.</summary>
[Model, Input(3, 5, Sequence = true), Dense(17), LayerNorm(UseBias = false, Epsilon = 0.01f), Tanh, Dense(4), SoftmaxCrossEntropy]
public partial class LayerNormOnSteps;

/// <summary>A frozen normalization passes gradients on and has none of its own.</summary>
[Model, Input(5), Dense(9), LayerNorm(Frozen = true), Dense(3), MeanSquaredError]
public partial class LayerNormFrozen;

/// <summary>Root-mean-square normalization of a vector.</summary>
[Model, Input(5), Dense(20), RmsNorm, Dense(3), MeanSquaredError]
public partial class RmsNormInside;

/// <summary>Root-mean-square normalization of each step as the first and as the last thing.</summary>
[Model, Input(4, 6, Sequence = true), RmsNorm(Epsilon = 0.1f), Dense(5), RmsNorm, MeanSquaredError]
public partial class RmsNormAtBothEnds;
