namespace ModelDsl.Tests.Reference.Layers;

/// <summary>
/// Keeps what the documented mask keeps: one Philox block of four words decides the columns c, c + 16, c + 32 and c + 48 of
/// each group of 64; its counter is the row, the group and column, and the step and layer. Columns are the last dimension.
/// </summary>
internal sealed class ReferenceDropout(DropoutAttribute attribute, ReferenceContext context)
    : IReferenceLayer<DropoutAttribute>
{
    private readonly int _layer = context.Index;
    private readonly int _columns = context.Shape[^1];

    public double[] Forward(double[] input, int batch)
    {
        if (context.Draw is not { } draw)
        {
            return input;
        }

        double threshold = Math.Round(attribute.Rate * 4294967296.0);
        double[] result = new double[input.Length];
        for (int i = 0; i < input.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, _columns);
            uint word = Word(draw, row, column);
            result[i] = word >= threshold ? input[i] / (1 - attribute.Rate) : 0;
        }

        return result;
    }

    private uint Word(DropoutDraw draw, int row, int column)
    {
        ulong stream = ((ulong)draw.Step << 16) | (uint)_layer;
        int group = (column / 64 * 16) + (column % 16);
        uint[] block = ReferencePhilox.Block([(uint)row, (uint)group, (uint)stream, (uint)(stream >> 32)], draw.Seed);
        return block[column / 16 % 4];
    }
}
