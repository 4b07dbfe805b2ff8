namespace ModelDsl.Tests.Reference.Layers;

/// <summary>Each new pixel by its formula: the pixel that it lies in, or the mean of those around by distance.</summary>
internal sealed class ReferenceUpsample : IReferenceLayer<UpsampleAttribute>
{
    private readonly UpsampleAttribute _attribute;
    private readonly int[] _input;

    public ReferenceUpsample(UpsampleAttribute attribute, ReferenceContext context)
    {
        _attribute = attribute;
        _input = context.Shape;
        context.Shape = [_input[0] * attribute.FactorHeight, _input[1] * attribute.FactorWidth, _input[2]];
    }

    public double[] Forward(double[] input, int batch) =>
    [
        .. from sample in Enumerable.Range(0, batch)
           from row in Enumerable.Range(0, _input[0] * _attribute.FactorHeight)
           from column in Enumerable.Range(0, _input[1] * _attribute.FactorWidth)
           from channel in Enumerable.Range(0, _input[2])
           select (from y in Sources(row, _attribute.FactorHeight, _input[0])
                   from x in Sources(column, _attribute.FactorWidth, _input[1])
                   select y.Share * x.Share
                       * input[(((((sample * _input[0]) + y.Place) * _input[1]) + x.Place) * _input[2]) + channel]).Sum(),
    ];

    private IEnumerable<(int Place, double Share)> Sources(int place, int factor, int size)
    {
        if (_attribute.Interpolation == Interpolation.Nearest)
        {
            return [(place / factor, 1)];
        }

        if (_attribute.Interpolation == Interpolation.Bicubic)
        {
            return ReferenceResize.Sources(Interpolation.Bicubic, alignCorners: false, place, factor * size, size);
        }

        double source = Math.Clamp(((place + 0.5) / factor) - 0.5, 0, size - 1);
        int first = (int)Math.Floor(source);
        return [(first, 1 - (source - first)), (Math.Min(first + 1, size - 1), source - first)];
    }
}
