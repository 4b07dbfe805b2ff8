namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceHardSigmoid : IReferenceLayer<HardSigmoidAttribute>
{
    public double[] Forward(double[] input, int batch) => [.. input.Select(x => Math.Clamp(x + 3, 0, 6) / 6)];
}
