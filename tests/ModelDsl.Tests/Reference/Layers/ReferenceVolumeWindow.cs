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
                attribute.Size, Or(attribute.Stride, attribute.Size), attribute.Dilation,
                Or(attribute.PaddingLeft, attribute.PaddingSize), Or(attribute.PaddingRight, attribute.PaddingSize),
                attribute.Padding == Padding.Same, attribute.CeilMode),
        ]);

    /// <summary>The windows of a layer of volumes.</summary>
    public static ReferenceVolumeWindow Of(VolumeWindowAttribute attribute, int[] size)
    {
        Side Of(int kernel, int stride, int padding, int before, int after) => new(
            kernel, Or(stride, Or(attribute.Stride, kernel)), attribute.Dilation,
            Or(before, Or(padding, attribute.PaddingSize)), Or(after, Or(padding, attribute.PaddingSize)),
            attribute.Padding == Padding.Same, attribute is VolumePoolingAttribute { CeilMode: true });
        return new ReferenceVolumeWindow(
            [.. size.Take(3)],
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

    private sealed record Side(
        int Kernel, int Stride, int Dilation, int PaddingBefore, int PaddingAfter, bool IsSame, bool RoundsUp)
    {
        private int Reach => (Dilation * (Kernel - 1)) + 1;

        public int Windows(int size)
        {
            if (IsSame)
            {
                return (size + Stride - 1) / Stride;
            }

            int room = size + PaddingBefore + PaddingAfter - Reach;
            int windows = (RoundsUp ? (room + Stride - 1) / Stride : room / Stride) + 1;
            return RoundsUp && (windows - 1) * Stride >= size + PaddingBefore ? windows - 1 : windows;
        }

        public int Before(int size) => IsSame ? All(size) / 2 : PaddingBefore;

        public int After(int size) => IsSame ? All(size) - (All(size) / 2) : PaddingAfter;

        private int All(int size) => Math.Max(0, ((Windows(size) - 1) * Stride) + Reach - size);
    }
}
