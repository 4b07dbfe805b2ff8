namespace Benchmarks.Bench.Models;

// The reference models of MLPerf Tiny, from mlcommons/tiny. Banbury et al., "MLPerf Tiny Benchmark" (2021). They are
// without the weight decay and the dropout that the references train with. A layer before a normalisation has no bias,
// which the normalisation would take off again.

/// <summary>
/// MobileNetV1 with a quarter of the channels, which sees whether a person is in an image. Howard et al., "MobileNets"
/// (2017).
/// </summary>
[Model]
[Input(96, 96, 3)]
[Conv2D(8, 3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(16, 1, UseBias = false), BatchNorm, Relu]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(32, 1, UseBias = false), BatchNorm, Relu]
[DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(32, 1, UseBias = false), BatchNorm, Relu]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(64, 1, UseBias = false), BatchNorm, Relu]
[DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(64, 1, UseBias = false), BatchNorm, Relu]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(128, 1, UseBias = false), BatchNorm, Relu]
[Repeat<Separable128>(5)]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(256, 1, UseBias = false), BatchNorm, Relu]
[DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(256, 1, UseBias = false), BatchNorm, Relu]
[GlobalAveragePool, Dense(2)]
[SoftmaxCrossEntropy]
public partial class MobileNet;

/// <summary>A separable convolution of 128 channels: each by itself, then all pixel by pixel.</summary>
[Block]
[DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(128, 1, UseBias = false), BatchNorm, Relu]
public partial class Separable128;

/// <summary>
/// DS-CNN, which spots key words in ten coefficients of 49 moments. Zhang et al., "Hello Edge: Keyword Spotting on
/// Microcontrollers" (2017).
/// </summary>
[Model]
[Input(49, 10, 1)]
[Conv2D(64, 10, 4, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Repeat<Separable64>(4)]
[GlobalAveragePool, Dense(12)]
[SoftmaxCrossEntropy]
public partial class DsCnn;

/// <summary>A separable convolution of 64 channels.</summary>
[Block]
[DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(64, 1, UseBias = false), BatchNorm, Relu]
public partial class Separable64;

/// <summary>The autoencoder that finds anomalies in the sound of machines.</summary>
[Model]
[Input(640)]
[Repeat<Dense128>(4)]
[Dense(8, UseBias = false), BatchNorm, Relu]
[Repeat<Dense128>(4)]
[Dense(640)]
[MeanSquaredError]
public partial class SoundAutoencoder;

/// <summary>A hidden layer of the autoencoder.</summary>
[Block, Dense(128, UseBias = false), BatchNorm, Relu]
public partial class Dense128;
