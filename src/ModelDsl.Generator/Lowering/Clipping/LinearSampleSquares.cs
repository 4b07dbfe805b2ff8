using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Lowering.Clipping;

/// <summary>
/// squares += Σ over the rows s, t of a sample of (x_s·x_t)·(∂y_s·∂y_t): the squared norm of the sample's ∂weight = Σ
/// ∂y_t·x_tᵀ without ∂weight itself; with a bias x has one more column of ones. Goodfellow (2015) for one row, Li et
/// al. (2021) for several.
/// </summary>
internal sealed class LinearSampleSquares(
    BoundLayer layer, Value outputGradient, Value input, bool hasBias, Value squares)
    : Operation(layer)
{
    // The products of rows are summed in double precision, where half as many numbers fit into a vector, and not by the
    // kernels of matrix products.
    private const int CostOfProduct = 4;

    public override IEnumerable<Value> Reads => [outputGradient, input, squares];

    public override IEnumerable<Value> Writes => [squares];

    /// <summary>
    /// Whether the products of all pairs of rows, (inputs + outputs)·rows²/2, take less time than the gradient of one
    /// sample, inputs·outputs·rows. (Bu et al., 2022, compare 2·rows² with inputs·outputs: the memory that counts where
    /// the gradients of all samples are there at once. Here they never are.)
    /// </summary>
    /// <param name="rows">The rows of a sample.</param>
    /// <param name="inputs">The columns of x.</param>
    /// <param name="outputs">The columns of ∂y.</param>
    public static bool IsCheaper(double rows, double inputs, double outputs) =>
        rows == 1 || CostOfProduct * (inputs + outputs) * rows / 2 < inputs * outputs;

    public override string Describe(NameOf name)
    {
        string rows = input.Shape.Rows == 1
            ? "squares of the rows"
            : $"products of the {input.Shape.Rows} rows of each sample";
        string matrices = $"{ShapeText.Matrix(outputGradient.Shape)} and {ShapeText.Matrix(input.Shape)}";
        return $"{rows} of {matrices} → squared norms [batch]";
    }

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "SampleNorms.AddLinear",
            [
                outputGradient, input, squares,
                Argument.Batch, input.Shape.Rows, outputGradient.Shape.Columns, input.Shape.Columns,
                .. Argument.Flag("bias", hasBias),
            ]),
    ];
}

/// <summary>
/// squares += the same of a convolution, whose rows are the patches under the pixels of its result, group by group
/// (Bu et al., 2022).
/// </summary>
internal sealed class ConvolutionSampleSquares(
    BoundLayer layer, Value outputGradient, Value input, ConvolutionGeometry geometry, bool hasBias, Value squares)
    : Operation(layer)
{
    public override IEnumerable<Value> Reads => [outputGradient, input, squares];

    public override IEnumerable<Value> Writes => [squares];

    /// <summary>As <see cref="LinearSampleSquares.IsCheaper"/>, of the layer that each group is.</summary>
    public static bool IsCheaper(ConvolutionGeometry geometry) =>
        geometry.Images == 1 && LinearSampleSquares.IsCheaper(
            (double)geometry.Window.OutputHeight * geometry.Window.OutputWidth,
            geometry.FanIn,
            (double)geometry.Outputs / geometry.Groups);

    public override string Describe(NameOf name)
    {
        int pixels = geometry.Window.OutputHeight * geometry.Window.OutputWidth;
        string products = pixels == 1 ? "squares of the patch" : $"products of the {pixels} patches of each sample";
        return $"{products} under {geometry.Describe()}, and of [batch, {outputGradient.Shape.ToString(", ")}] "
            + "→ squared norms [batch]";
    }

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "SampleNorms.AddConvolution",
            [
                outputGradient, input, squares, Argument.Batch, .. geometry.Arguments,
                .. Argument.Flag("bias", hasBias),
            ]),
    ];
}
