namespace Benchmarks.Bench.Models;

/// <summary>
/// LeNet-5 as it is built today, with ReLU and maxima. LeCun et al., "Gradient-Based Learning Applied to Document
/// Recognition" (1998).
/// </summary>
[Model]
[Input(28, 28, 1)]
[Conv2D(6, 5, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(16, 5), Relu, MaxPool2D(2)]
[Flatten, Dense(120), Relu]
[Dense(84), Relu]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class LeNet;
