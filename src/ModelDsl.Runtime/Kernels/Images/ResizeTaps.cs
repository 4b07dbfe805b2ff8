namespace ModelDsl.Kernels;

/// <summary>The rows (or columns) of an image that a new one is a mean of, and their shares; each once.</summary>
internal unsafe struct ResizeTaps
{
    private const int Most = 4;

    private fixed int _places[Most];
    private fixed float _shares[Most];

    /// <summary>How many there are; at least 1.</summary>
    public int Count { get; private set; }

    /// <summary>The number of a row.</summary>
    public readonly int PlaceOf(int tap) => _places[tap];

    /// <summary>The share of a row; 0 for a tap beyond the last.</summary>
    public readonly float ShareOf(int tap) => tap < Count ? _shares[tap] : 0f;

    /// <summary>The share of a row by its number; 0 where it has none.</summary>
    public readonly float ShareOfPlace(int place)
    {
        for (int tap = 0; tap < Count; tap++)
        {
            if (_places[tap] == place)
            {
                return _shares[tap];
            }
        }

        return 0f;
    }

    /// <summary>Adds a share. What has none is not read: an infinity or NaN there would come through.</summary>
    public void Add(int place, float share)
    {
        if (share == 0f)
        {
            return;
        }

        for (int tap = 0; tap < Count; tap++)
        {
            if (_places[tap] == place)
            {
                _shares[tap] += share;
                return;
            }
        }

        (_places[Count], _shares[Count]) = (place, share);
        Count++;
    }
}

/// <summary>One direction of an image that gets another size.</summary>
/// <param name="From">The old size.</param>
/// <param name="To">The new size.</param>
/// <param name="Interpolation">Where values come from.</param>
/// <param name="AlignCorners">Whether the centres of the first and of the last pixels stay where they are.</param>
internal readonly record struct ResizeAxis(int From, int To, Interpolation Interpolation, bool AlignCorners)
{
    // Keys' parameter, as in PyTorch and ONNX.
    private const double Cubic = -0.75;

    /// <summary>What a new row is a mean of.</summary>
    public ResizeTaps TapsOf(int place)
    {
        ResizeTaps taps = default;
        if (Interpolation == Interpolation.Nearest)
        {
            taps.Add((int)((long)place * From / To), 1f);
            return taps;
        }

        double source = AlignCorners
            ? To > 1 ? (double)((long)place * (From - 1)) / (To - 1) : 0
            : ((double)(((2L * place) + 1) * From) / (2L * To)) - 0.5;
        if (Interpolation == Interpolation.Bilinear)
        {
            source = Math.Max(source, 0);
            int first = Math.Min((int)source, From - 1);
            float share = first + 1 < From ? (float)(source - first) : 0f;
            taps.Add(first, 1f - share);
            taps.Add(first + 1, share);
            return taps;
        }

        int before = (int)Math.Floor(source);
        double part = source - before;
        Add(ref taps, before - 1, Far(1 + part));
        Add(ref taps, before, Near(part));
        Add(ref taps, before + 1, Near(1 - part));
        Add(ref taps, before + 2, Far(2 - part));
        return taps;
    }

    /// <summary>New rows beside which there is none that an old one has a share of.</summary>
    public (int First, int Last) Reach(int old)
    {
        // A tap lies less than three old rows from the place that a new row has among them.
        const int Most = 3;
        bool isAligned = AlignCorners && Interpolation != Interpolation.Nearest;
        double scale = !isAligned ? (double)From / To : To > 1 ? (double)(From - 1) / (To - 1) : 0;
        return scale == 0
            ? (0, To)
            : ((int)Math.Max(0, Math.Floor((old - Most) / scale) - 1),
                (int)Math.Min(To, Math.Ceiling((old + Most) / scale) + 1));
    }

    // Keys, "Cubic Convolution Interpolation for Digital Image Processing" (1981): up to one pixel away, and up to two.
    private static double Near(double distance) =>
        ((((Cubic + 2) * distance) - (Cubic + 3)) * distance * distance) + 1;

    private static double Far(double distance) =>
        (((((Cubic * distance) - (5 * Cubic)) * distance) + (8 * Cubic)) * distance) - (4 * Cubic);

    private void Add(ref ResizeTaps taps, int place, double share) =>
        taps.Add(Math.Clamp(place, 0, From - 1), (float)share);
}
