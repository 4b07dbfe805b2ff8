namespace Benchmarks.Bench.Models;

/// <summary>
/// ResNet-18 for images of 224x224, as torchvision builds it. He et al., "Deep Residual Learning for Image Recognition"
/// (2015).
/// </summary>
[Model]
[Input(224, 224, 3)]
[Conv2D(64, 7, Stride = 2, PaddingSize = 3, UseBias = false), BatchNorm, Relu]
[MaxPool2D(3, Stride = 2, PaddingSize = 1)]
[Residual<Basic64>, Relu, Residual<Basic64>, Relu]
[Sum<Halving128, Projection128>, Relu, Residual<Basic128>, Relu]
[Sum<Halving256, Projection256>, Relu, Residual<Basic256>, Relu]
[Sum<Halving512, Projection512>, Relu, Residual<Basic512>, Relu]
[GlobalAveragePool, Dense(1000)]
[SoftmaxCrossEntropy]
public partial class ResNet18;

// What is added to the input, with the same size and channels.

/// <summary>Of the first stage.</summary>
[Block]
[Conv2D(64, 3, PaddingSize = 1, UseBias = false), BatchNorm, Relu]
[Conv2D(64, 3, PaddingSize = 1, UseBias = false), BatchNorm]
public partial class Basic64;

/// <summary>Of the second stage.</summary>
[Block]
[Conv2D(128, 3, PaddingSize = 1, UseBias = false), BatchNorm, Relu]
[Conv2D(128, 3, PaddingSize = 1, UseBias = false), BatchNorm]
public partial class Basic128;

/// <summary>Of the third stage.</summary>
[Block]
[Conv2D(256, 3, PaddingSize = 1, UseBias = false), BatchNorm, Relu]
[Conv2D(256, 3, PaddingSize = 1, UseBias = false), BatchNorm]
public partial class Basic256;

/// <summary>Of the fourth stage.</summary>
[Block]
[Conv2D(512, 3, PaddingSize = 1, UseBias = false), BatchNorm, Relu]
[Conv2D(512, 3, PaddingSize = 1, UseBias = false), BatchNorm]
public partial class Basic512;

// What a stage begins with: half the size and twice the channels, and what they are added to.

/// <summary>Of the second stage.</summary>
[Block]
[Conv2D(128, 3, Stride = 2, PaddingSize = 1, UseBias = false), BatchNorm, Relu]
[Conv2D(128, 3, PaddingSize = 1, UseBias = false), BatchNorm]
public partial class Halving128;

/// <summary>Of the third stage.</summary>
[Block]
[Conv2D(256, 3, Stride = 2, PaddingSize = 1, UseBias = false), BatchNorm, Relu]
[Conv2D(256, 3, PaddingSize = 1, UseBias = false), BatchNorm]
public partial class Halving256;

/// <summary>Of the fourth stage.</summary>
[Block]
[Conv2D(512, 3, Stride = 2, PaddingSize = 1, UseBias = false), BatchNorm, Relu]
[Conv2D(512, 3, PaddingSize = 1, UseBias = false), BatchNorm]
public partial class Halving512;

/// <summary>Of the second stage.</summary>
[Block, Conv2D(128, 1, Stride = 2, UseBias = false), BatchNorm]
public partial class Projection128;

/// <summary>Of the third stage.</summary>
[Block, Conv2D(256, 1, Stride = 2, UseBias = false), BatchNorm]
public partial class Projection256;

/// <summary>Of the fourth stage.</summary>
[Block, Conv2D(512, 1, Stride = 2, UseBias = false), BatchNorm]
public partial class Projection512;
