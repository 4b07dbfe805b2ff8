namespace Benchmarks.Torch.Layers;

/// <summary>Windows in one direction or three, whose border is laid out before libtorch's function sees it.</summary>
internal sealed class TorchVolumeWindow
{
    private readonly long[] _border;
    private readonly long[] _inner;

    private TorchVolumeWindow(long[] size, Side[] sides)
    {
        Kernel = [.. sides.Select(side => side.Kernel)];
        Stride = [.. sides.Select(side => side.Stride)];
        Dilation = [.. sides.Select(side => side.Dilation)];
        Output = [.. sides.Select((side, i) => side.Windows(size[i]))];

        // The last direction comes first; what no window reaches is cut off.
        _border = [.. sides.Select((side, i) => (Side: side, Size: size[i])).Reverse()
            .SelectMany(entry => new[] { entry.Side.Before(entry.Size), entry.Side.Behind(entry.Size) })];
        _inner = [.. sides.Select((side, i) => (Side: side, Size: size[i])).Reverse()
            .SelectMany(entry => new[]
            {
                entry.Side.Before(entry.Size),
                Math.Min(entry.Side.After(entry.Size), entry.Side.Behind(entry.Size)),
            })];
    }

    public long[] Kernel { get; }

    public long[] Stride { get; }

    public long[] Dilation { get; }

    /// <summary>The number of windows in each direction.</summary>
    public long[] Output { get; }

    public static TorchVolumeWindow Of(SequencePoolingAttribute attribute, long steps) => new(
        [steps],
        [
            new Side(
                attribute.Size, Or(attribute.Stride, attribute.Size), attribute.Dilation,
                Or(attribute.PaddingLeft, attribute.PaddingSize), Or(attribute.PaddingRight, attribute.PaddingSize),
                attribute.Padding == ModelDsl.Padding.Same, attribute.CeilMode),
        ]);

    public static TorchVolumeWindow Of(VolumeWindowAttribute attribute, long[] shape)
    {
        Side Of(int kernel, int stride, int padding, int before, int after) => new(
            kernel, Or(stride, Or(attribute.Stride, kernel)), attribute.Dilation,
            Or(before, Or(padding, attribute.PaddingSize)), Or(after, Or(padding, attribute.PaddingSize)),
            attribute.Padding == ModelDsl.Padding.Same, attribute is VolumePoolingAttribute { CeilMode: true });
        return new TorchVolumeWindow(
            [.. shape.Take(3)],
            [
                Of(
                    attribute.KernelDepth, attribute.StrideDepth, attribute.PaddingDepth, attribute.PaddingFront,
                    attribute.PaddingBack),
                Of(
                    attribute.KernelHeight, attribute.StrideHeight, attribute.PaddingHeight, attribute.PaddingTop,
                    attribute.PaddingBottom),
                Of(
                    attribute.KernelWidth, attribute.StrideWidth, attribute.PaddingWidth, attribute.PaddingLeft,
                    attribute.PaddingRight),
            ]);
    }

    /// <summary>Channels first, with the border.</summary>
    public Tensor Enter(Tensor volumes, double border = 0)
    {
        long[] order = [0, volumes.dim() - 1, .. Enumerable.Range(1, Kernel.Length).Select(i => (long)i)];
        return F.pad(volumes.permute(order), _border, TorchSharp.PaddingModes.Constant, border);
    }

    /// <summary>Ones where a place counts in a mean.</summary>
    public Tensor Counted(Tensor volumes, bool countsPadding)
    {
        long[] order = [0, volumes.dim() - 1, .. Enumerable.Range(1, Kernel.Length).Select(i => (long)i)];
        Tensor inside = ones_like(volumes.permute(order));
        if (!countsPadding)
        {
            return F.pad(inside, _border);
        }

        long[] rest = [.. _border.Zip(_inner, (all, inner) => all - inner)];
        return F.pad(F.pad(inside, _inner, TorchSharp.PaddingModes.Constant, 1), rest);
    }

    /// <summary>Channels last.</summary>
    public Tensor Leave(Tensor planes) =>
        planes.permute([0, .. Enumerable.Range(2, Kernel.Length).Select(i => (long)i), 1]);

    private static long Or(long own, long otherwise) => own == 0 ? otherwise : own;

    private sealed record Side(
        long Kernel, long Stride, long Dilation, long PaddingBefore, long PaddingAfter, bool IsSame, bool RoundsUp)
    {
        private long Reach => (Dilation * (Kernel - 1)) + 1;

        public long Windows(long size)
        {
            if (IsSame)
            {
                return (size + Stride - 1) / Stride;
            }

            long room = size + PaddingBefore + PaddingAfter - Reach;
            long windows = (RoundsUp ? (room + Stride - 1) / Stride : room / Stride) + 1;
            return RoundsUp && (windows - 1) * Stride >= size + PaddingBefore ? windows - 1 : windows;
        }

        public long Before(long size) => IsSame ? All(size) / 2 : PaddingBefore;

        public long After(long size) => IsSame ? All(size) - (All(size) / 2) : PaddingAfter;

        public long Behind(long size) => ((Windows(size) - 1) * Stride) + Reach - size - Before(size);

        private long All(long size) => Math.Max(0, ((Windows(size) - 1) * Stride) + Reach - size);
    }
}

internal sealed class TorchVolumePooling
    : ITorchLayer<MaxPool1DAttribute>, ITorchLayer<AvgPool1DAttribute>, ITorchLayer<MaxPool3DAttribute>,
        ITorchLayer<AvgPool3DAttribute>
{
    private readonly TorchVolumeWindow _window;
    private readonly bool _isMax;
    private readonly bool _countsPadding;

    public TorchVolumePooling(LayerAttribute attribute, TorchLayerContext context)
    {
        _isMax = attribute is MaxPool1DAttribute or MaxPool3DAttribute;
        _countsPadding = attribute is AvgPool1DAttribute { CountIncludePadding: true }
            or AvgPool3DAttribute { CountIncludePadding: true };
        _window = attribute is SequencePoolingAttribute sequence
            ? TorchVolumeWindow.Of(sequence, context.Shape[0])
            : TorchVolumeWindow.Of((VolumeWindowAttribute)attribute, context.Shape);
        context.Shape = [.. _window.Output, context.Shape[^1]];
    }

    public Tensor Forward(Tensor input)
    {
        if (_isMax)
        {
            Tensor entered = _window.Enter(input, double.NegativeInfinity);
            return _window.Leave(_window.Kernel.Length == 1
                ? F.max_pool1d(entered, _window.Kernel[0], _window.Stride[0], 0, _window.Dilation[0])
                : F.max_pool3d(entered, _window.Kernel, _window.Stride, [0, 0, 0], _window.Dilation));
        }

        return _window.Leave(Mean(_window.Enter(input)) / Mean(_window.Counted(input, _countsPadding)));
    }

    // libtorch's own means know no dilation; sums by a kernel of ones do.
    private Tensor Mean(Tensor entered)
    {
        if (_window.Dilation.Any(dilation => dilation > 1))
        {
            long channels = entered.size(1);
            Tensor taps = ones([channels, 1, .. _window.Kernel]);
            return _window.Kernel.Length == 1
                ? F.conv1d(entered, taps, null, _window.Stride[0], 0, _window.Dilation[0], channels)
                : F.conv3d(entered, taps, null, _window.Stride, [0, 0, 0], _window.Dilation, channels);
        }

        return _window.Kernel.Length == 1
            ? F.avg_pool1d(entered, _window.Kernel[0], _window.Stride[0])
            : F.avg_pool3d(entered, _window.Kernel, _window.Stride);
    }
}

internal sealed class TorchConv3D : ITorchLayer<Conv3DAttribute>
{
    private readonly TorchVolumeWindow _window;
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly long _groups;

    public TorchConv3D(Conv3DAttribute attribute, TorchLayerContext context)
    {
        _window = TorchVolumeWindow.Of(attribute, context.Shape);
        _groups = attribute.Groups;
        string name = context.NameOf(attribute, "conv3D");
        _weight = context.AddParameter(
            attribute, $"{name}.weight", attribute.Filters, attribute.KernelHeight, attribute.KernelWidth,
            attribute.KernelDepth, context.Shape[3] / _groups);
        _bias = attribute.UseBias ? context.AddParameter(attribute, $"{name}.bias", attribute.Filters) : null;
        context.Shape = [.. _window.Output, attribute.Filters];
    }

    public Tensor Forward(Tensor input) => _window.Leave(F.conv3d(
        _window.Enter(input), _weight.permute(0, 4, 3, 1, 2), _bias, _window.Stride, [0, 0, 0], _window.Dilation,
        _groups));
}
