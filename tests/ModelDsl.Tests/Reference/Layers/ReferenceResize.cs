namespace ModelDsl.Tests.Reference.Layers;

/// <summary>Each new pixel as the sum of all old ones by their shares, row by row and column by column.</summary>
internal sealed class ReferenceResize : IReferenceLayer<ResizeAttribute>
{
    private readonly ResizeAttribute _attribute;
    private readonly int[] _input;

    public ReferenceResize(ResizeAttribute attribute, ReferenceContext context)
    {
        _attribute = attribute;
        _input = context.Shape;
        context.Shape = [attribute.Height, attribute.Width, _input[2]];
    }

    public double[] Forward(double[] input, int batch) =>
    [
        .. from sample in Enumerable.Range(0, batch)
           from row in Enumerable.Range(0, _attribute.Height)
           from column in Enumerable.Range(0, _attribute.Width)
           from channel in Enumerable.Range(0, _input[2])
           select (from y in Sources(row, _attribute.Height, _input[0])
                   from x in Sources(column, _attribute.Width, _input[1])
                   select y.Share * x.Share
                       * input[(((((sample * _input[0]) + y.Place) * _input[1]) + x.Place) * _input[2]) + channel])
                           .Sum(),
    ];

    /// <summary>What a new row or column is a sum of.</summary>
    public static IEnumerable<(int Place, double Share)> Sources(
        Interpolation interpolation, bool alignCorners, int place, int to, int from)
    {
        if (interpolation == Interpolation.Nearest)
        {
            return [(place * from / to, 1)];
        }

        double source = alignCorners
            ? place * (from - 1) / Math.Max(to - 1.0, 1)
            : ((place + 0.5) * from / to) - 0.5;
        bool isCubic = interpolation == Interpolation.Bicubic;
        source = isCubic ? source : Math.Max(source, 0);
        int first = (int)Math.Floor(source);
        return Enumerable.Range(first - 1, 4)
            .Select(near => (Place: Math.Clamp(near, 0, from - 1), Share: Kernel(Math.Abs(near - source), isCubic)))
            .Where(near => near.Share != 0);
    }

    private IEnumerable<(int Place, double Share)> Sources(int place, int to, int from) =>
        Sources(_attribute.Interpolation, _attribute.AlignCorners, place, to, from);

    private static double Kernel(double x, bool isCubic)
    {
        const double A = -0.75;
        return !isCubic ? Math.Max(0, 1 - x)
            : x < 1 ? ((A + 2) * x * x * x) - ((A + 3) * x * x) + 1
            : x < 2 ? (A * x * x * x) - (5 * A * x * x) + (8 * A * x) - (4 * A)
            : 0;
    }
}
