namespace ModelDsl.BudgetBench;

/// <summary>The residual network of 20 layers for images of 32x32 (He et al., 2015), without a limit.</summary>
[Model(MemoryBudget = "1GB", Batch = 64), Input(32, 32, 3), Repeat<ResNet20Layers>(1), SoftmaxCrossEntropy]
public partial class ResNet20;

/// <summary>The same in half the memory between the layers.</summary>
[Model(MemoryBudget = "55.2MB", Batch = 64), Input(32, 32, 3), Repeat<ResNet20Layers>(1), SoftmaxCrossEntropy]
public partial class ResNet20Half;

/// <summary>The same in the least memory that the compiler finds.</summary>
[Model(MemoryBudget = "45.27776MB", Batch = 64), Input(32, 32, 3), Repeat<ResNet20Layers>(1), SoftmaxCrossEntropy]
public partial class ResNet20Least;

/// <summary>The layers of all three.</summary>
[Block]
[Conv2D(16, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Repeat<Cell16>(3)]
[Conv2D(32, 3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Repeat<Cell32>(3)]
[Conv2D(64, 3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Repeat<Cell64>(3)]
[GlobalAveragePool, Dense(10)]
public partial class ResNet20Layers;

/// <summary>Two convolutions of 16 channels around which the input goes.</summary>
[Block, Residual<Branch16>, Relu]
public partial class Cell16;

/// <summary>Two convolutions of 32 channels around which the input goes.</summary>
[Block, Residual<Branch32>, Relu]
public partial class Cell32;

/// <summary>Two convolutions of 64 channels around which the input goes.</summary>
[Block, Residual<Branch64>, Relu]
public partial class Cell64;

/// <summary>The two convolutions of 16 channels.</summary>
[Block]
[Conv2D(16, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(16, 3, Padding = Padding.Same, UseBias = false), BatchNorm]
public partial class Branch16;

/// <summary>The two convolutions of 32 channels.</summary>
[Block]
[Conv2D(32, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(32, 3, Padding = Padding.Same, UseBias = false), BatchNorm]
public partial class Branch32;

/// <summary>The two convolutions of 64 channels.</summary>
[Block]
[Conv2D(64, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(64, 3, Padding = Padding.Same, UseBias = false), BatchNorm]
public partial class Branch64;
