namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceLogSoftmax(ReferenceContext context) : IReferenceLayer<LogSoftmaxAttribute>
{
    private readonly int _columns = context.Shape[^1];

    public double[] Forward(double[] input, int batch) => [.. input.Chunk(_columns).SelectMany(row =>
    {
        double largest = row.Max();
        double logSum = largest + Math.Log(row.Sum(x => Math.Exp(x - largest)));
        return row.Select(x => x - logSum);
    })];
}
