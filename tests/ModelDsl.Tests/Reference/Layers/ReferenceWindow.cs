namespace ModelDsl.Tests.Reference.Layers;

/// <summary>Where windows look, from the attribute's arguments, one direction at a time.</summary>
internal sealed class ReferenceWindow
{
    private readonly int[] _size;
    private readonly int[] _kernel;
    private readonly int[] _stride;
    private readonly int[] _dilation;
    private readonly int[] _before;
    private readonly int[] _padded = new int[2];

    public ReferenceWindow(WindowAttribute attribute, int height, int width, int dilationHeight = 1, int dilationWidth = 1)
    {
        _size = [height, width];
        _kernel = [attribute.KernelHeight, attribute.KernelWidth];
        _dilation = [dilationHeight, dilationWidth];
        int[] shared = attribute.Stride == 0 ? _kernel : [attribute.Stride, attribute.Stride];
        _stride = [Or(attribute.StrideHeight, shared[0]), Or(attribute.StrideWidth, shared[1])];
        _before = new int[2];
        Output = new int[2];
        int[] padding = [Or(attribute.PaddingHeight, attribute.PaddingSize), Or(attribute.PaddingWidth, attribute.PaddingSize)];
        int[] before = [Or(attribute.PaddingTop, padding[0]), Or(attribute.PaddingLeft, padding[1])];
        int[] after = [Or(attribute.PaddingBottom, padding[0]), Or(attribute.PaddingRight, padding[1])];
        bool roundsUp = attribute is ImagePoolingAttribute { CeilMode: true };
        for (int side = 0; side < 2; side++)
        {
            int reach = (_dilation[side] * (_kernel[side] - 1)) + 1;
            if (attribute.Padding == Padding.Same)
            {
                Output[side] = (int)Math.Ceiling(_size[side] / (double)_stride[side]);
                _before[side] = Math.Max(0, ((Output[side] - 1) * _stride[side]) + reach - _size[side]) / 2;
            }
            else
            {
                double windows = (_size[side] + before[side] + after[side] - reach) / (double)_stride[side];
                Output[side] = (int)(roundsUp ? Math.Ceiling(windows) : Math.Floor(windows)) + 1;
                _before[side] = before[side];

                // A window that would start in the padding behind the image is none.
                if (roundsUp && (Output[side] - 1) * _stride[side] >= _size[side] + before[side])
                {
                    Output[side]--;
                }
            }

            int all = attribute.Padding == Padding.Same
                ? Math.Max(0, ((Output[side] - 1) * _stride[side]) + reach - _size[side])
                : before[side] + after[side];
            _padded[side] = _size[side] + all - _before[side];
        }
    }

    /// <summary>The number of windows in each direction.</summary>
    public int[] Output { get; }

    /// <summary>The number of pixels of a window within the image and its padding.</summary>
    public int PixelsWithPadding(int window) => Enumerable.Range(0, _kernel[0] * _kernel[1]).Count(tap =>
        Place(0, window / Output[1], tap / _kernel[1]) < _padded[0] && Place(1, window % Output[1], tap % _kernel[1]) < _padded[1]);

    /// <summary>Each window's pixels that lie within the image, with their place in the window and the image.</summary>
    public IEnumerable<(int Window, int Tap, int Pixel)> Pixels()
    {
        for (int window = 0; window < Output[0] * Output[1]; window++)
        {
            for (int tap = 0; tap < _kernel[0] * _kernel[1]; tap++)
            {
                int y = Place(0, window / Output[1], tap / _kernel[1]);
                int x = Place(1, window % Output[1], tap % _kernel[1]);
                if (y >= 0 && y < _size[0] && x >= 0 && x < _size[1])
                {
                    yield return (window, tap, (y * _size[1]) + x);
                }
            }
        }
    }

    private static int Or(int own, int otherwise) => own == 0 ? otherwise : own;

    private int Place(int side, int window, int tap) =>
        (window * _stride[side]) + (tap * _dilation[side]) - _before[side];
}
