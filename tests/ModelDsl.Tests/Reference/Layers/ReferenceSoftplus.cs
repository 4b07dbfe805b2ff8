namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceSoftplus : IReferenceLayer<SoftplusAttribute>
{
    public double[] Forward(double[] input, int batch) =>
        [.. input.Select(x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))))];
}
