using ModelDsl.Onnx.Format;

namespace ModelDsl.Onnx;

/// <summary>How a window slides over an image: what ONNX's attributes say, and the image that comes of it.</summary>
internal sealed class Window
{
    private readonly long[] _kernel;
    private readonly long[] _stride;
    private readonly long[] _dilation;
    private readonly long[] _before;
    private readonly long[] _after;
    private readonly bool _isSame;

    /// <summary>The window of a layer over an image of the given height and width.</summary>
    /// <exception cref="NotSupportedException">The layer rounds the number of windows up.</exception>
    public Window(WindowAttribute layer, int height, int width, long dilationHeight = 1, long dilationWidth = 1)
    {
        if (layer is ImagePoolingAttribute { CeilMode: true })
        {
            throw new NotSupportedException("windows whose number is rounded up cannot be written yet");
        }

        _kernel = [layer.KernelHeight, layer.KernelWidth];
        _stride = layer.Stride == 0 ? [.. _kernel] : [layer.Stride, layer.Stride];
        _stride = [Or(layer.StrideHeight, _stride[0]), Or(layer.StrideWidth, _stride[1])];
        _dilation = [dilationHeight, dilationWidth];
        (long vertical, long horizontal) =
            (Or(layer.PaddingHeight, layer.PaddingSize), Or(layer.PaddingWidth, layer.PaddingSize));
        _before = [Or(layer.PaddingTop, vertical), Or(layer.PaddingLeft, horizontal)];
        _after = [Or(layer.PaddingBottom, vertical), Or(layer.PaddingRight, horizontal)];
        _isSame = layer.Padding == Padding.Same;
        Height = Outputs(height, 0);
        Width = Outputs(width, 1);
    }

    /// <summary>The rows of the image that comes of it.</summary>
    public int Height { get; }

    /// <summary>The columns of the image that comes of it.</summary>
    public int Width { get; }

    /// <summary>The attributes of <c>Conv</c> and of pooling, without <c>dilations</c>.</summary>
    public AttributeProto[] Attributes =>
    [
        Graph.Of("kernel_shape", _kernel),
        Graph.Of("strides", _stride),
        // The bottom and the right get the larger part of an odd number, as with Padding.Same.
        _isSame ? Graph.Of("auto_pad", "SAME_UPPER") : Graph.Of("pads", [.. _before, .. _after]),
    ];

    /// <summary>The attribute of <c>Conv</c> and pooling for windows with gaps.</summary>
    public AttributeProto Dilations => Graph.Of("dilations", _dilation);

    private static long Or(long own, long otherwise) => own == 0 ? otherwise : own;

    private int Outputs(int size, int side)
    {
        long reach = (_dilation[side] * (_kernel[side] - 1)) + 1;
        return (int)(_isSame
            ? (size + _stride[side] - 1) / _stride[side]
            : ((size + _before[side] + _after[side] - reach) / _stride[side]) + 1);
    }
}
