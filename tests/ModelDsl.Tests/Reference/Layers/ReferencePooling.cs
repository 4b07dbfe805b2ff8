namespace ModelDsl.Tests.Reference.Layers;

/// <summary>The largest value, or the mean, of each window's pixels within the image; or of those in the padding, zeros, too.</summary>
internal sealed class ReferencePooling : IReferenceLayer<MaxPool2DAttribute>, IReferenceLayer<AvgPool2DAttribute>
{
    private readonly bool _isMax;
    private readonly int _channels;
    private readonly int _inputPixels;
    private readonly int[][] _pixelsOfWindow;
    private readonly int[] _counts;

    public ReferencePooling(ImagePoolingAttribute attribute, ReferenceContext context)
    {
        _isMax = attribute is MaxPool2DAttribute;
        int[] input = context.Shape;
        var window = new ReferenceWindow(
            attribute, input[0], input[1], Or(attribute.DilationHeight, attribute.Dilation),
            Or(attribute.DilationWidth, attribute.Dilation));
        _channels = input[2];
        _inputPixels = input[0] * input[1];
        _pixelsOfWindow = [.. window.Pixels().GroupBy(entry => entry.Window).OrderBy(group => group.Key)
            .Select(group => group.Select(entry => entry.Pixel).ToArray())];
        bool countsPadding = attribute is AvgPool2DAttribute { CountIncludePadding: true };
        _counts = [.. _pixelsOfWindow.Select((pixels, index) => countsPadding ? window.PixelsWithPadding(index) : pixels.Length)];
        context.NameOf(attribute, _isMax ? "maxPool2D" : "avgPool2D");
        context.Shape = [.. window.Output, _channels];
    }

    public double[] Forward(double[] input, int batch) =>
    [
        .. from sample in Enumerable.Range(0, batch)
           from window in Enumerable.Range(0, _pixelsOfWindow.Length)
           from channel in Enumerable.Range(0, _channels)
           let values = _pixelsOfWindow[window].Select(pixel => input[(((sample * _inputPixels) + pixel) * _channels) + channel])
           select _isMax ? values.Max() : values.Sum() / _counts[window],
    ];

    private static int Or(int own, int otherwise) => own == 0 ? otherwise : own;
}
