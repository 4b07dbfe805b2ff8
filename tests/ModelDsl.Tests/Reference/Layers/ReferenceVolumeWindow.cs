namespace ModelDsl.Tests.Reference.Layers;

/// <summary>Windows in any number of directions: which places each sees, and how many count with the padding.</summary>
internal sealed class ReferenceVolumeWindow
{
    private readonly int[] _size;
    private readonly Side[] _sides;

    private ReferenceVolumeWindow(int[] size, Side[] sides)
    {
        (_size, _sides) = (size, sides);
        Output = [.. sides.Select((side, i) => side.Windows(size[i]))];
    }

    /// <summary>The number of windows in each direction.</summary>
    public int[] Output { get; }

    /// <summary>The windows of pooling over steps.</summary>
    public static ReferenceVolumeWindow Of(SequencePoolingAttribute attribute, int steps) => new(
        [steps],
        [
            new Side(
                attribute.Size, Or(attribute.Stride, attribute.Size), (attribute as MaxPool1DAttribute)?.Dilation ?? 1,
                attribute.PaddingSize, attribute.Padding == Padding.Same, attribute.CeilMode),
        ]);

    /// <summary>The windows of a layer of volumes.</summary>
    public static ReferenceVolumeWindow Of(VolumeWindowAttribute attribute, int[] size)
    {
        int dilation = attribute switch
        {
            MaxPool3DAttribute pool => pool.Dilation,
            Conv3DAttribute convolution => convolution.Dilation,
            _ => 1,
        };
        bool roundsUp = attribute is MaxPool3DAttribute { CeilMode: true } or AvgPool3DAttribute { CeilMode: true };
        Side Of(int kernel, int stride, int padding) => new(
            kernel, Or(stride, Or(attribute.Stride, kernel)), dilation, Or(padding, attribute.PaddingSize),
            attribute.Padding == Padding.Same, roundsUp);
        return new ReferenceVolumeWindow(
            [.. size.Take(3)],
            [
                Of(attribute.KernelDepth, attribute.StrideDepth, attribute.PaddingDepth),
                Of(attribute.KernelHeight, attribute.StrideHeight, attribute.PaddingHeight),
                Of(attribute.KernelWidth, attribute.StrideWidth, attribute.PaddingWidth),
            ]);
    }

    /// <summary>The places that a window sees, each with its tap in each direction.</summary>
    public IEnumerable<(int Place, int[] Taps)> PlacesOf(int window) => Taps(window)
        .Where(tap => tap.Places.Select((place, i) => place >= 0 && place < _size[i]).All(isWithin => isWithin))
        .Select(tap => (tap.Places.Select((place, i) => (place, i))
            .Aggregate(0, (sum, at) => (sum * _size[at.i]) + at.place), tap.Taps));

    /// <summary>How many places of a window lie within the padding or what it is around.</summary>
    public int CountWithPadding(int window) => Taps(window).Count(tap =>
        tap.Places.Select((place, i) => place < _size[i] + _sides[i].After(_size[i])).All(isWithin => isWithin));

    private static int Or(int own, int otherwise) => own == 0 ? otherwise : own;

    private IEnumerable<(int[] Places, int[] Taps)> Taps(int window)
    {
        int[] at = Split(window, Output);
        int count = _sides.Aggregate(1, (product, side) => product * side.Kernel);
        for (int tap = 0; tap < count; tap++)
        {
            int[] taps = Split(tap, [.. _sides.Select(side => side.Kernel)]);
            yield return ([.. _sides.Select((side, i) =>
                (at[i] * side.Stride) + (taps[i] * side.Dilation) - side.Before(_size[i]))], taps);
        }
    }

    private static int[] Split(int index, int[] extents)
    {
        int[] place = new int[extents.Length];
        for (int i = extents.Length - 1; i >= 0; i--)
        {
            (index, place[i]) = Math.DivRem(index, extents[i]);
        }

        return place;
    }

    private sealed record Side(int Kernel, int Stride, int Dilation, int Padding, bool IsSame, bool RoundsUp)
    {
        private int Reach => (Dilation * (Kernel - 1)) + 1;

        public int Windows(int size)
        {
            if (IsSame)
            {
                return (size + Stride - 1) / Stride;
            }

            int room = size + (2 * Padding) - Reach;
            int windows = (RoundsUp ? (room + Stride - 1) / Stride : room / Stride) + 1;
            return RoundsUp && (windows - 1) * Stride >= size + Padding ? windows - 1 : windows;
        }

        public int Before(int size) => IsSame ? All(size) / 2 : Padding;

        public int After(int size) => IsSame ? All(size) - (All(size) / 2) : Padding;

        private int All(int size) => Math.Max(0, ((Windows(size) - 1) * Stride) + Reach - size);
    }
}
