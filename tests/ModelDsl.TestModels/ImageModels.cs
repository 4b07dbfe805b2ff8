namespace ModelDsl.TestModels;

/// <summary>Margins of zeros and of another value, inside and first.</summary>
[Model]
[Input(3, 4, 2)]
[Pad(1), Conv2D(3, 2), Tanh]
[Pad(1, 2, 0, 3, Value = 0.5f), Sigmoid, Conv2D(2, 3)]
[MeanSquaredError]
public partial class PadInside;

/// <summary>Pixels repeated.</summary>
[Model, Input(3, 2, 1), Conv2D(3, 2, Padding = Padding.Same), Tanh, Upsample(2), Conv2D(2, 3), Upsample(1, 3), MeanSquaredError]
public partial class UpsampleNearest;

/// <summary>Pixels between pixels.</summary>
[Model]
[Input(3, 4, 2), Conv2D(5, 2, Padding = Padding.Same), Tanh]
[Upsample(2, Interpolation = Interpolation.Bilinear), Relu, Conv2D(2, 2)]
[Upsample(3, 1, Interpolation = Interpolation.Bilinear)]
[MeanSquaredError]
public partial class UpsampleBilinear;

/// <summary>Sizes that are no multiples of each other, larger and smaller.</summary>
[Model]
[Input(5, 4, 2), Resize(7, 9), Conv2D(3, 2), Tanh]
[Resize(4, 11, Interpolation = Interpolation.Bilinear), Sigmoid, Conv2D(17, 2)]
[Resize(5, 3, Interpolation = Interpolation.Bicubic), Relu, Conv2D(2, 2)]
[MeanSquaredError]
public partial class ResizeSizes;

/// <summary>Corners that stay where they are, down to one pixel, and cubic factors.</summary>
[Model]
[Input(4, 3, 2), Conv2D(5, 2), Tanh]
[Resize(5, 7, Interpolation = Interpolation.Bilinear, AlignCorners = true), Tanh, Conv2D(3, 2)]
[Resize(1, 8, Interpolation = Interpolation.Bicubic, AlignCorners = true), Tanh]
[Upsample(3, 2, Interpolation = Interpolation.Bicubic)]
[MeanSquaredError]
public partial class ResizeCorners;

/// <summary>Pixels that become channels, and channels that become pixels.</summary>
[Model, Input(6, 4, 1), PixelUnshuffle(2), Conv2D(18, 2), Tanh, PixelShuffle(3), PixelUnshuffle(1), Conv2D(2, 2)]
[MeanSquaredError]
public partial class PixelShuffles;

/// <summary>Elements divided by their neighbours, on images, steps and vectors, with windows of all kinds.</summary>
[Model]
[Input(3, 2, 5), LocalResponseNorm(3, Alpha = 0.9)]
[Conv2D(19, 2), LocalResponseNorm(4, Alpha = 0.5, Beta = 0.6, K = 1.5), Tanh]
[Flatten, LocalResponseNorm(60, Alpha = 2), Dense(3), LocalResponseNorm(1, Alpha = 0.1)]
[MeanSquaredError]
public partial class LocalResponses;

/// <summary>A transposed convolution, first and inside.</summary>
[Model, Input(3, 4, 2), ConvTranspose2D(5, 3), Relu, ConvTranspose2D(2, 2), MeanSquaredError]
public partial class ConvTransposeValid;

/// <summary>Transposed convolutions that enlarge, with everything that they can be told.</summary>
[Model]
[Input(3, 2, 4)]
[ConvTranspose2D(6, 3, Stride = 2, Padding = Padding.Same, Groups = 2), Tanh]
[ConvTranspose2D(3, 3, 2, Stride = 3, PaddingHeight = 1, OutputPadding = 2, DilationWidth = 2, UseBias = false)]
[MeanSquaredError]
public partial class ConvTransposeStrided;

/// <summary>Transposed convolutions whose output padding differs from top to bottom and from left to right.</summary>
[Model]
[Input(3, 4, 2)]
[ConvTranspose2D(3, 3, Stride = 2, OutputPaddingHeight = 1), Tanh]
[ConvTranspose2D(2, 2, 3, StrideHeight = 3, StrideWidth = 2, PaddingSize = 1, OutputPadding = 1, OutputPaddingHeight = 2)]
[MeanSquaredError]
public partial class ConvTransposeOutputPadding;

/// <summary>Down and up again.</summary>
[Model]
[Input(8, 8, 1)]
[Conv2D(4, 3, Stride = 2, Padding = Padding.Same), Relu, Conv2D(6, 3, Stride = 2, Padding = Padding.Same), Relu]
[ConvTranspose2D(4, 3, Stride = 2, Padding = Padding.Same), Relu]
[ConvTranspose2D(1, 4, Stride = 2, Padding = Padding.Same), Sigmoid]
[MeanSquaredError]
public partial class ImageAutoencoder;

/// <summary>Groups of channels, all of them, and each by itself.</summary>
[Model]
[Input(4, 5, 2)]
[Conv2D(6, 2), GroupNorm(3), Relu]
[Conv2D(17, 2), GroupNorm(1, Epsilon = 1e-3f), Tanh]
[Conv2D(4, 2, UseBias = false), GroupNorm(4, Epsilon = 0.1f)]
[MeanSquaredError]
public partial class GroupNormOnImages;

/// <summary>On vectors, the first of which needs no gradient; one layer is frozen.</summary>
[Model, Input(6), GroupNorm(2), Dense(8), GroupNorm(2, Epsilon = 0.1f, Frozen = true), Tanh, Dense(2), MeanSquaredError]
public partial class GroupNormOnVectors;

/// <summary>Whole channels dropped.</summary>
[Model]
[Input(4, 5, 2), SpatialDropout(0.3f)]
[Conv2D(19, 2), Relu, SpatialDropout(0.4f)]
[Conv2D(3, 2), SpatialDropout(0f)]
[MeanSquaredError]
public partial class SpatialDropoutOnImages;
