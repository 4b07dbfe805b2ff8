namespace ModelDsl.Tests.Images;

// Pairs of models that differ in their method only.

/// <summary>One convolution, summed directly.</summary>
[Model(InputGradient = true, Convolution = ConvolutionMethod.Exact)]
[Input(12, 12, 8), Conv2D(16, 3, Padding = Padding.Same), MeanSquaredError]
internal sealed partial class ExactConvolution;

/// <summary>One convolution by Winograd's method.</summary>
[Model(InputGradient = true)]
[Input(12, 12, 8), Conv2D(16, 3, Padding = Padding.Same), MeanSquaredError]
internal sealed partial class FastConvolution;

/// <summary>
/// What is added to its input. The bounds are never reached: a rectifier's derivative at 0 would not be that beside it.
/// </summary>
[Block, Conv2D(8, 3, Padding = Padding.Same), Clip(-1e6, 1e6)]
internal sealed partial class IntegerBranch;

/// <summary>A convolution whose filters are those of all its uses.</summary>
[Block(Shared = true), Conv2D(8, 3, Padding = Padding.Same), Clip(-1e6, 1e6)]
internal sealed partial class IntegerShared;

/// <summary>A branch that enlarges its padded image.</summary>
[Block, Pad(1), ConvTranspose2D(8, 3, PaddingSize = 2), Clip(-1e6, 1e6)]
internal sealed partial class IntegerTransposed;

/// <summary>All that computes integers from integers and holds convolutions, summed directly.</summary>
[Model(InputGradient = true, Convolution = ConvolutionMethod.Exact)]
[Input(8, 8, 8), Residual<IntegerBranch>, Repeat<IntegerBranch>(3), Sum<IntegerShared, IntegerTransposed>]
[Residual<IntegerShared>, MeanSquaredError]
internal sealed partial class ExactNetwork;

/// <summary>The same by Winograd's method.</summary>
[Model(InputGradient = true)]
[Input(8, 8, 8), Residual<IntegerBranch>, Repeat<IntegerBranch>(3), Sum<IntegerShared, IntegerTransposed>]
[Residual<IntegerShared>, MeanSquaredError]
internal sealed partial class FastNetwork;
