namespace ModelDsl.CompilerServices;

/// <summary>A weight that a model for inference packs: where it lies among the parameters, and what reads it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WeightLayout
{
    private readonly int _offset;
    private readonly ConvolutionShape _shape;

    private WeightLayout(int offset, ConvolutionShape shape) => (_offset, _shape) = (offset, shape);

    private bool IsMatrix => _shape.Groups == 0;

    /// <summary>The weight of a product of matrices.</summary>
    /// <param name="offset">Where it lies.</param>
    /// <param name="rows">The number of its rows.</param>
    /// <param name="columns">The number of its columns.</param>
    public static WeightLayout Matrix(int offset, int rows, int columns) =>
        new(offset, new ConvolutionShape(default, columns, rows, Groups: 0));

    /// <summary>The filters of a convolution.</summary>
    /// <param name="offset">Where they lie.</param>
    /// <param name="window">How the kernel slides over an image.</param>
    /// <param name="channels">The number of channels of an image.</param>
    /// <param name="outputs">The number of channels of the result.</param>
    /// <param name="groups">Into how many groups both are divided.</param>
    public static WeightLayout Filters(int offset, SlidingWindow window, int channels, int outputs, int groups) =>
        new(offset, new ConvolutionShape(window, channels, outputs, groups));

    /// <summary>Packs the weight: a <see cref="PackedMatrix"/>, or <see cref="PackedFilters"/>.</summary>
    /// <param name="parameters">All parameters.</param>
    internal object Pack(FloatSpan parameters) => IsMatrix
        ? new PackedMatrix(
            parameters.Slice(_offset, _shape.Outputs * _shape.Channels), _shape.Outputs, _shape.Channels)
        : new PackedFilters(
            parameters.Slice(_offset, _shape.Outputs * _shape.PatchLength),
            _shape.Window, _shape.Channels, _shape.Outputs, _shape.Groups);
}
