namespace ModelDsl.Tests.Parity;

/// <summary>
/// ResNet-8, which classifies small images, of CIFAR-10: a reference model of MLPerf Tiny, without the weight decay
/// that it is trained with. He et al., "Deep Residual Learning for Image Recognition" (2015).
/// </summary>
[Model]
[Input(32, 32, 3)]
[Conv2D(16, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Residual<Branch16>, Relu]
[Sum<Branch32, Shortcut32>, Relu]
[Sum<Branch64, Shortcut64>, Relu]
[GlobalAveragePool, Dense(10)]
[SoftmaxCrossEntropy]
public partial class ResNet8;

/// <summary>What ResNet-8 adds to its input at full size.</summary>
[Block]
[Conv2D(16, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(16, 3, Padding = Padding.Same, UseBias = false), BatchNorm]
public partial class Branch16;

/// <summary>The same at half the size.</summary>
[Block]
[Conv2D(32, 3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(32, 3, Padding = Padding.Same, UseBias = false), BatchNorm]
public partial class Branch32;

/// <summary>What it is added to: the input at half the size.</summary>
[Block, Conv2D(32, 1, Stride = 2)]
public partial class Shortcut32;

/// <summary>The same at a quarter of the size.</summary>
[Block]
[Conv2D(64, 3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(64, 3, Padding = Padding.Same, UseBias = false), BatchNorm]
public partial class Branch64;

/// <summary>What it is added to: the input at a quarter of the size.</summary>
[Block, Conv2D(64, 1, Stride = 2)]
public partial class Shortcut64;
