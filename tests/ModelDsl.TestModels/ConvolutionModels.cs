namespace ModelDsl.TestModels;

/// <summary>One convolution.</summary>
[Model, Input(5, 7, 3), Conv2D(4, 3), Flatten, Dense(2), MeanSquaredError]
public partial class ConvolutionValid;

/// <summary>Padding to the same size, and to a third of it, with a rectangular kernel.</summary>
[Model]
[Input(6, 7, 2), Conv2D(3, 3, Padding = Padding.Same), Relu]
[Conv2D(5, 2, 5, Stride = 3, Padding = Padding.Same), Tanh]
[Flatten, Dense(3)]
[SoftmaxCrossEntropy]
public partial class ConvolutionSame;

/// <summary>Everything explicit and different in both directions.</summary>
[Model]
[Input(9, 8, 2)]
[Conv2D(3, 3, 2, StrideHeight = 2, PaddingHeight = 1, PaddingWidth = 2, DilationWidth = 3), Gelu]
[Conv2D(2, 2, PaddingSize = 1, Stride = 2, UseBias = false)]
[MeanSquaredError]
public partial class ConvolutionExplicit;

/// <summary>A dilated kernel.</summary>
[Model, Input(9, 9, 1), Conv2D(2, 3, Dilation = 2), Sigmoid, Conv2D(1, 3, DilationHeight = 2), MeanSquaredError]
public partial class ConvolutionDilated;

/// <summary>Groups that each see a part of the channels.</summary>
[Model, Input(4, 5, 6), Conv2D(9, 3, Groups = 3, Padding = Padding.Same), Silu, Conv2D(6, 2, Groups = 3), MeanSquaredError]
public partial class ConvolutionGrouped;

/// <summary>Each channel by itself, then with two outputs for each, then mixed by kernels of one pixel.</summary>
[Model]
[Input(5, 6, 3)]
[DepthwiseConv2D(3, Padding = Padding.Same), Relu]
[DepthwiseConv2D(2, 3, Multiplier = 2, Stride = 2), Tanh]
[Conv2D(4, 1)]
[MeanSquaredError]
public partial class ConvolutionDepthwise;

/// <summary>Kernels of one pixel, one of them with a stride.</summary>
[Model, Input(3, 4, 5), Conv2D(7, 1), LeakyRelu, Conv2D(3, 1, Stride = 2), MeanSquaredError]
public partial class ConvolutionPointwise;

/// <summary>Dropout on an image, fused with the convolution before it.</summary>
[Model, Input(5, 5, 1), Conv2D(17, 3), Relu, Dropout(0.4f), Conv2D(2, 2), MeanSquaredError]
public partial class ConvolutionDropout;

/// <summary>A grey image that gets its channel by a reshape.</summary>
[Model, Input(6, 6), Reshape(6, 6, 1), Conv2D(3, 3), Relu, Flatten, Dense(4), SoftmaxCrossEntropy]
public partial class ConvolutionGrey;

/// <summary>What a residual network is made of.</summary>
[Block, Conv2D(3, 3, Padding = Padding.Same), Relu, Conv2D(3, 3, Padding = Padding.Same)]
public partial class ConvolutionBranch;

/// <summary>Residual blocks of convolutions.</summary>
[Model, Input(4, 4, 3), Residual<ConvolutionBranch>, Relu, Repeat<ConvolutionBranch>(2), MeanSquaredError]
public partial class ConvolutionResidual;

/// <summary>A convolution whose weight stays as it is, between two that learn.</summary>
[Model, Input(5, 5, 2), Conv2D(3, 2), Tanh, Conv2D(3, 2, Frozen = true), Tanh, Conv2D(2, 2), MeanSquaredError]
public partial class ConvolutionFrozen;

/// <summary>Enough channels for Winograd's method, between kernels of one pixel.</summary>
[Model, Input(5, 6, 2), Conv2D(8, 1), Tanh, Conv2D(9, 3, Padding = Padding.Same), Relu, Conv2D(2, 1), MeanSquaredError]
public partial class ConvolutionWinograd;

/// <summary>What a model of direct sums repeats.</summary>
[Block, Conv2D(8, 3, Padding = Padding.Same), Tanh]
public partial class ConvolutionExactBranch;

/// <summary>
/// Direct sums where Winograd's method would be faster, in blocks, their copies and a transposed convolution.
/// </summary>
[Model(Convolution = ConvolutionMethod.Exact)]
[Input(5, 6, 2), Conv2D(8, 1), Residual<ConvolutionExactBranch>, Repeat<ConvolutionExactBranch>(3)]
[ConvTranspose2D(9, 3, Padding = Padding.Same), Relu, Conv2D(2, 1)]
[MeanSquaredError]
public partial class ConvolutionExact;

/// <summary>Padding that differs from side to side, in each layer with a window.</summary>
[Model]
[Input(5, 6, 2)]
[Conv2D(4, 3, PaddingTop = 1, PaddingRight = 2), Tanh, DepthwiseConv2D(2, 3, PaddingSize = 1, PaddingLeft = 2), Tanh]
[MaxPool2D(3, 2, Stride = 2, PaddingTop = 2, PaddingBottom = 1)]
[ConvTranspose2D(3, 3, Stride = 2, PaddingTop = 1, PaddingRight = 2), Tanh]
[AvgPool2D(2, Stride = 1, PaddingBottom = 1, CountIncludePadding = true)]
[AvgPool2D(2, 3, Stride = 2, PaddingLeft = 1, CeilMode = true)]
[Flatten, Dense(2)]
[MeanSquaredError]
public partial class PaddedSides;
