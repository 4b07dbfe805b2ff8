namespace ModelDsl.Tests.Reference.Layers;

/// <summary>
/// Keeps what the documented mask keeps: the lower and upper halves of word w of a Philox block decide the columns 32·w + lane
/// and 32·w + 16 + lane of each group of 128; its counter is the row, 16·group + lane, and the step and layer. Columns are the
/// last dimension. Spatial dropout counts samples instead of rows.
/// </summary>
internal sealed class ReferenceDropout(LayerAttribute attribute, ReferenceContext context)
    : IReferenceLayer<DropoutAttribute>, IReferenceLayer<SpatialDropoutAttribute>
{
    private readonly float _rate = attribute is SpatialDropoutAttribute spatial ? spatial.Rate : ((DropoutAttribute)attribute).Rate;
    private readonly int _rows = attribute is SpatialDropoutAttribute ? context.Count / context.Shape[^1] : 1;
    private readonly int _layer = context.Index;
    private readonly int _columns = context.Shape[^1];

    public double[] Forward(double[] input, int batch)
    {
        if (context.Draw is not { } draw)
        {
            return input;
        }

        double threshold = Math.Round(_rate * 65536.0);
        double[] result = new double[input.Length];
        for (int i = 0; i < input.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, _columns);
            uint half = Half(draw, row / _rows, column);
            result[i] = half >= threshold ? input[i] * 65536 / (65536 - threshold) : 0;
        }

        return result;
    }

    private uint Half(DropoutDraw draw, int row, int column)
    {
        ulong stream = ((ulong)draw.Step << 16) | (uint)_layer;
        int group = (column / 128 * 16) + (column % 16);
        uint[] block = ReferencePhilox.Block([(uint)row, (uint)group, (uint)stream, (uint)(stream >> 32)], draw.Seed);
        uint word = block[column / 32 % 4];
        return column / 16 % 2 == 0 ? word & 0xFFFF : word >> 16;
    }
}
