namespace Benchmarks.Torch.Layers;

/// <summary>A window's geometry as libtorch takes it, and the ways between our layout of images and libtorch's.</summary>
internal sealed class TorchWindow
{
    private readonly long[] _border;
    private readonly long[] _whole;
    private readonly long[] _beyond;

    public TorchWindow(WindowAttribute attribute, long height, long width, long dilationHeight = 1, long dilationWidth = 1)
    {
        long[] size = [height, width];
        Kernel = [attribute.KernelHeight, attribute.KernelWidth];
        Dilation = [dilationHeight, dilationWidth];
        long[] shared = attribute.Stride == 0 ? Kernel : [attribute.Stride, attribute.Stride];
        Stride = [Or(attribute.StrideHeight, shared[0]), Or(attribute.StrideWidth, shared[1])];
        Padding = [Or(attribute.PaddingHeight, attribute.PaddingSize), Or(attribute.PaddingWidth, attribute.PaddingSize)];
        long[] before = [Or(attribute.PaddingTop, Padding[0]), Or(attribute.PaddingLeft, Padding[1])];
        long[] total =
            [before[0] + Or(attribute.PaddingBottom, Padding[0]), before[1] + Or(attribute.PaddingRight, Padding[1])];
        for (int side = 0; side < 2 && attribute.Padding == ModelDsl.Padding.Same; side++)
        {
            long reach = (Dilation[side] * (Kernel[side] - 1)) + 1;
            long outputs = (size[side] + Stride[side] - 1) / Stride[side];
            total[side] = Math.Max(0, ((outputs - 1) * Stride[side]) + reach - size[side]);
            before[side] = total[side] / 2;
        }

        CeilMode = attribute is ImagePoolingAttribute { CeilMode: true };
        Output = [.. Enumerable.Range(0, 2).Select(side =>
        {
            long room = size[side] + total[side] - (Dilation[side] * (Kernel[side] - 1)) - 1;
            long windows = ((room + (CeilMode ? Stride[side] - 1 : 0)) / Stride[side]) + 1;
            return CeilMode && (windows - 1) * Stride[side] >= size[side] + before[side] ? windows - 1 : windows;
        })];
        _whole = [before[1], total[1] - before[1], before[0], total[0] - before[0]];
        _beyond = [0, Beyond(1), 0, Beyond(0)];
        bool isSymmetric = total[0] == 2 * before[0] && total[1] == 2 * before[1];
        Padding = isSymmetric ? before : [0, 0];
        _border = isSymmetric ? [] : _whole;

        long Beyond(int side) => Math.Max(
            0,
            ((Output[side] - 1) * Stride[side]) + (Dilation[side] * (Kernel[side] - 1)) + 1 - size[side] - total[side]);
    }

    public long[] Kernel { get; }

    public long[] Stride { get; }

    public long[] Dilation { get; }

    /// <summary>The padding that is left for libtorch's own function to add.</summary>
    public long[] Padding { get; }

    /// <summary>Whether the number of windows is rounded up.</summary>
    public bool CeilMode { get; }

    /// <summary>The number of windows in each direction.</summary>
    public long[] Output { get; }

    /// <summary>[batch, height, width, channels] as libtorch sees images, with a border where it is not symmetric.</summary>
    public Tensor Enter(Tensor images, double border = 0)
    {
        Tensor planes = images.permute(0, 3, 1, 2);
        return _border.Length == 0 ? planes : F.pad(planes, _border, TorchSharp.PaddingModes.Constant, border);
    }

    /// <summary>
    /// As <see cref="Enter"/>, with the whole border and zeros for what windows cover beyond it, for functions that are
    /// told of no padding.
    /// </summary>
    public Tensor EnterWhole(Tensor images, double border = 0) => F.pad(
        F.pad(images.permute(0, 3, 1, 2), _whole, TorchSharp.PaddingModes.Constant, border), _beyond);

    /// <summary>libtorch's images in our layout.</summary>
    public static Tensor Leave(Tensor planes) => planes.permute(0, 2, 3, 1);

    private static long Or(long own, long otherwise) => own == 0 ? otherwise : own;
}
