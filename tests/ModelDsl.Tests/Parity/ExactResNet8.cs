namespace ModelDsl.Tests.Parity;

/// <summary><see cref="ResNet8"/> with its convolutions summed directly.</summary>
[Model(Convolution = ConvolutionMethod.Exact)]
[Input(32, 32, 3)]
[Conv2D(16, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Residual<Branch16>, Relu]
[Sum<Branch32, Shortcut32>, Relu]
[Sum<Branch64, Shortcut64>, Relu]
[GlobalAveragePool, Dense(10)]
[SoftmaxCrossEntropy]
public partial class ExactResNet8;
