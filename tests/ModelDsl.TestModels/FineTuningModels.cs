namespace ModelDsl.TestModels;

/// <summary>What the models below have in common.</summary>
[Block, Dense(7), Tanh, Dense(6, UseBias = false), BatchNorm, Tanh]
public partial class TunedEncoder;

/// <summary>Restores its input: pre-training without labels.</summary>
[Model, Input(6), Dropout(0.2f), Repeat<TunedEncoder>(1), Dense(6), MeanSquaredError]
public partial class Autoencoder;

/// <summary>Classifies by features that stay as they are.</summary>
[Model, Input(6), Repeat<TunedEncoder>(1, Frozen = true), Dense(3), SoftmaxCrossEntropy]
public partial class FrozenReader;

/// <summary>The same with features that learn.</summary>
[Model, Input(6), Repeat<TunedEncoder>(1), Dense(3), SoftmaxCrossEntropy]
public partial class FreeReader;

/// <summary>Two encoders in other places.</summary>
[Model, Input(6), Dense(6), Residual<TunedEncoder>, Residual<TunedEncoder>, Dense(3), SoftmaxCrossEntropy]
public partial class DeepReader;
