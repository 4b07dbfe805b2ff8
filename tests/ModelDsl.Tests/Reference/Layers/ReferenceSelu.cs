namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceSelu : IReferenceLayer<SeluAttribute>
{
    public double[] Forward(double[] input, int batch) =>
        [.. input.Select(x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1)))];
}
