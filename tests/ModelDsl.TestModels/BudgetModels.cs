namespace ModelDsl.TestModels;

/// <summary>Dense layers and functions, segments of which are computed again.</summary>
[Model(MemoryBudget = "30KB", Batch = 8)]
[Input(5), Dense(17), Gelu, Dense(17), Tanh, Dense(17), Silu, Dropout(0.2f), Dense(17), Gelu]
[Dense(17), Tanh, LayerNorm, Dense(17), Gelu, Dense(17), Silu, Dense(3), SoftmaxCrossEntropy]
public partial class BudgetChain;

/// <summary>
/// A residual network whose statistics move once, with dropout between its convolutions, and the gradient of its input.
/// </summary>
[Model(MemoryBudget = "40KB", Batch = 4, InputGradient = true)]
[Input(6, 6, 1)]
[Conv2D(6, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Dropout(0.1f)]
[Residual<BatchNormBranch>, Relu, MaxPool2D(2)]
[Residual<BatchNormBranch>, Relu, GlobalAveragePool, Dropout(0.1f)]
[Dense(4), SoftmaxCrossEntropy]
public partial class BudgetResNet;

/// <summary>A transformer whose copies share their code, and whose values are computed again in 16 bits.</summary>
[Model(MemoryBudget = "251KB", Batch = 4, Precision = Precision.BFloat16)]
[Input(7, Type = ElementType.Token), Embedding(11, 12), PositionEmbedding]
[Repeat<NarrowLayer>(6), LayerNorm, Dense(11), SoftmaxCrossEntropy]
public partial class BudgetTransformer;
