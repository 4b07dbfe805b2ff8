namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceSigmoid : IReferenceLayer<SigmoidAttribute>
{
    public double[] Forward(double[] input, int batch) =>
        [.. input.Select(x => 1 / (1 + Math.Exp(-x)))];
}
