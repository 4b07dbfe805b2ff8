namespace ModelDsl.Tests.Reference.Layers;

/// <summary>The largest value, or the mean, of each window over steps or over a volume.</summary>
internal sealed class ReferenceVolumePooling
    : IReferenceLayer<MaxPool1DAttribute>, IReferenceLayer<AvgPool1DAttribute>, IReferenceLayer<MaxPool3DAttribute>,
        IReferenceLayer<AvgPool3DAttribute>
{
    private readonly bool _isMax;
    private readonly int _channels;
    private readonly int _inputPlaces;
    private readonly int[][] _places;
    private readonly int[] _counts;

    public ReferenceVolumePooling(LayerAttribute attribute, ReferenceContext context)
    {
        _isMax = attribute is MaxPool1DAttribute or MaxPool3DAttribute;
        int[] input = context.Shape;
        ReferenceVolumeWindow window = attribute is SequencePoolingAttribute sequence
            ? ReferenceVolumeWindow.Of(sequence, input[0])
            : ReferenceVolumeWindow.Of((VolumeWindowAttribute)attribute, input);
        _channels = input[^1];
        _inputPlaces = input.SkipLast(1).Aggregate(1, (product, extent) => product * extent);
        int windows = window.Output.Aggregate(1, (product, extent) => product * extent);
        _places =
            [.. Enumerable.Range(0, windows).Select(at => window.PlacesOf(at).Select(place => place.Place).ToArray())];
        bool countsPadding = attribute is AvgPool1DAttribute { CountIncludePadding: true }
            or AvgPool3DAttribute { CountIncludePadding: true };
        _counts = [.. _places.Select((places, at) => countsPadding ? window.CountWithPadding(at) : places.Length)];
        context.Shape = [.. window.Output, _channels];
    }

    public double[] Forward(double[] input, int batch) =>
    [
        .. from sample in Enumerable.Range(0, batch)
           from window in Enumerable.Range(0, _places.Length)
           from channel in Enumerable.Range(0, _channels)
           let values = _places[window]
               .Select(place => input[(((sample * _inputPlaces) + place) * _channels) + channel])
           select _isMax ? values.Max() : values.Sum() / _counts[window],
    ];
}

/// <summary>A convolution of a volume, one product after the other.</summary>
internal sealed class ReferenceConv3D : IReferenceLayer<Conv3DAttribute>
{
    private readonly Conv3DAttribute _attribute;
    private readonly int _channels;
    private readonly int _inputPlaces;
    private readonly (int Place, int[] Taps)[][] _places;
    private readonly ArraySegment<double> _weight;
    private readonly ArraySegment<double>? _bias;

    public ReferenceConv3D(Conv3DAttribute attribute, ReferenceContext context)
    {
        _attribute = attribute;
        int[] input = context.Shape;
        var window = ReferenceVolumeWindow.Of(attribute, input);
        _channels = input[3];
        _inputPlaces = input[0] * input[1] * input[2];
        string name = context.NameOf(attribute, "conv3D");
        _weight = context.Parameter(
            $"{name}.weight", attribute.Filters, attribute.KernelHeight, attribute.KernelWidth, attribute.KernelDepth,
            _channels / attribute.Groups);
        _bias = attribute.UseBias ? context.Parameter($"{name}.bias", attribute.Filters) : (ArraySegment<double>?)null;
        int windows = window.Output.Aggregate(1, (product, extent) => product * extent);
        _places = [.. Enumerable.Range(0, windows).Select(at => window.PlacesOf(at).ToArray())];
        context.Shape = [.. window.Output, attribute.Filters];
    }

    public double[] Forward(double[] input, int batch)
    {
        int groupChannels = _channels / _attribute.Groups, groupFilters = _attribute.Filters / _attribute.Groups;
        return
        [
            .. from sample in Enumerable.Range(0, batch)
               from places in _places
               from filter in Enumerable.Range(0, _attribute.Filters)
               let first = filter / groupFilters * groupChannels
               select (_bias is { } bias ? bias[filter] : 0) + places.Sum(place => Enumerable.Range(0, groupChannels)
                   .Sum(channel => input[(((sample * _inputPlaces) + place.Place) * _channels) + first + channel]
                       * _weight[Index(filter, place.Taps, channel)])),
        ];

        int Index(int filter, int[] taps, int channel)
        {
            int row = (filter * _attribute.KernelHeight) + taps[1];
            int column = (row * _attribute.KernelWidth) + taps[2];
            return (((column * _attribute.KernelDepth) + taps[0]) * groupChannels) + channel;
        }
    }
}
