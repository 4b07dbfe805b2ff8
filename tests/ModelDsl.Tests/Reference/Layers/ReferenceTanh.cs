namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceTanh : IReferenceLayer<TanhAttribute>
{
    public double[] Forward(double[] input, int batch) =>
        [.. input.Select(x => Math.Tanh(x))];
}
