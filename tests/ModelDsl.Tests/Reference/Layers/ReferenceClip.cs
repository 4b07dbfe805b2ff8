namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceClip(ClipAttribute attribute) : IReferenceLayer<ClipAttribute>
{
    public double[] Forward(double[] input, int batch) =>
        [.. input.Select(x => Math.Clamp(x, attribute.Minimum, attribute.Maximum))];
}
