namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceHardSwish : IReferenceLayer<HardSwishAttribute>
{
    public double[] Forward(double[] input, int batch) =>
        [.. input.Select(x => x * Math.Clamp(x + 3, 0, 6) / 6)];
}
