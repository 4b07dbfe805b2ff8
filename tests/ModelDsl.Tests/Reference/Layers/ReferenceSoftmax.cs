namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceSoftmax(ReferenceContext context) : IReferenceLayer<SoftmaxAttribute>
{
    private readonly int _columns = context.Shape[^1];

    public double[] Forward(double[] input, int batch) => [.. input.Chunk(_columns).SelectMany(row =>
    {
        double largest = row.Max();
        double[] powers = [.. row.Select(x => Math.Exp(x - largest))];
        double sum = powers.Sum();
        return powers.Select(power => power / sum);
    })];
}
