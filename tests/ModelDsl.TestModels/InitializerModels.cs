namespace ModelDsl.TestModels;

/// <summary>A layer that is filled as fits a rectifier, from a normal distribution.</summary>
[Model]
[Input(17), Dense(33, WeightInitializer = Initializer.HeNormal), Relu]
[Dense(3)]
[MeanSquaredError]
public partial class DenseHeNormal;

/// <summary>Every initialiser, one layer each.</summary>
[Model]
[Input(9)]
[Dense(8, WeightInitializer = Initializer.GlorotUniform, BiasInitializer = Initializer.Constant, BiasConstant = 0.1f)]
[Tanh]
[Dense(7, WeightInitializer = Initializer.GlorotNormal, BiasInitializer = Initializer.Zeros), Tanh]
[Dense(6, WeightInitializer = Initializer.HeUniform, BiasInitializer = Initializer.HeUniform), Tanh]
[Dense(5, WeightInitializer = Initializer.HeNormal, BiasInitializer = Initializer.HeNormal), Tanh]
[Dense(4, WeightInitializer = Initializer.Constant, WeightConstant = 0.25f), Tanh]
[Dense(3, WeightInitializer = Initializer.Zeros)]
[MeanSquaredError]
public partial class EveryInitializer;
