namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceMish : IReferenceLayer<MishAttribute>
{
    public double[] Forward(double[] input, int batch) =>
        [.. input.Select(x => x * Math.Tanh(Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)))))];
}
