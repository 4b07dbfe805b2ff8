namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceLeakyRelu(LeakyReluAttribute attribute) : IReferenceLayer<LeakyReluAttribute>
{
    public double[] Forward(double[] input, int batch) =>
        [.. input.Select(x => x > 0 ? x : attribute.Slope * x)];
}
