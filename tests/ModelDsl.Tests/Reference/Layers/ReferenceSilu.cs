namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceSilu : IReferenceLayer<SiluAttribute>
{
    public double[] Forward(double[] input, int batch) =>
        [.. input.Select(x => x / (1 + Math.Exp(-x)))];
}
