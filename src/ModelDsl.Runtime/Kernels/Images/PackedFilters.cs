namespace ModelDsl.CompilerServices;

/// <summary>
/// The filters of a convolution, brought once into the order in which its kernel reads them, for a model that only
/// predicts: the kernel then neither turns nor transforms them.
/// </summary>
/// <remarks>Immutable, so that threads may share it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class PackedFilters
{
    private readonly ConvolutionShape _shape;
    private readonly AlignedMemory? _memory;

    /// <summary>Packs filters.</summary>
    /// <param name="weight">[outputs, window.KernelHeight, window.KernelWidth, channels / groups].</param>
    /// <param name="window">How the kernel slides over an image.</param>
    /// <param name="channels">The number of channels of an image.</param>
    /// <param name="outputs">The number of channels of the result.</param>
    /// <param name="groups">Into how many groups both are divided.</param>
    /// <exception cref="ArgumentException">The weight is shorter than its shape, or the geometry is none.</exception>
    public PackedFilters(FloatSpan weight, SlidingWindow window, int channels, int outputs, int groups)
    {
        _shape = new ConvolutionShape(window, channels, outputs, groups);
        _shape.Check();
        Guard.Matrix(weight, outputs, _shape.PatchLength);
        if (window.IsPixel && groups == 1)
        {
            Matrix = new PackedMatrix(weight, outputs, channels);
        }
        else if (_shape.IsDepthwise)
        {
            _memory = DepthwiseConvolution.Pack(weight, window, channels);
        }
        else
        {
            _memory = ImageProduct.Pack(weight, _shape);
        }
    }

    /// <summary>The filters of one pixel, as a matrix; null where they have more.</summary>
    internal PackedMatrix? Matrix { get; }

    /// <summary>The filters in the kernel's order; null where it is better off with the weight.</summary>
    internal float* Filters => _memory is null ? null : _memory.FloatSpan.Pointer;

    /// <summary>Whether they are those of a shape: a weight may be shared by convolutions of several.</summary>
    internal bool AreOf(in ConvolutionShape shape) => _shape == shape;
}
