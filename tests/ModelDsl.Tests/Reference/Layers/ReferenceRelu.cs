namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceRelu : IReferenceLayer<ReluAttribute>
{
    public double[] Forward(double[] input, int batch) =>
        [.. input.Select(x => Math.Max(x, 0))];
}
