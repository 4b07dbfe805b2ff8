namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceGlu : IReferenceLayer<GluAttribute>
{
    private readonly int _columns;

    public ReferenceGlu(ReferenceContext context)
    {
        _columns = context.Shape[^1] / 2;
        context.Shape = [.. context.Shape[..^1], _columns];
    }

    public double[] Forward(double[] input, int batch) => [.. input.Chunk(2 * _columns).SelectMany(row =>
        row.Take(_columns).Zip(row.Skip(_columns), (a, b) => a / (1 + Math.Exp(-b))))];
}
