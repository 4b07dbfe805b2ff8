namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceOneHot : IReferenceLayer<OneHotAttribute>
{
    private readonly int _classes;

    public ReferenceOneHot(OneHotAttribute attribute, ReferenceContext context)
    {
        _classes = attribute.Classes;
        context.Shape = context.Count == 1 ? [_classes] : [.. context.Shape, _classes];
    }

    public double[] Forward(double[] input, int batch) =>
        [.. input.SelectMany(token => Enumerable.Range(0, _classes).Select(place => place == (int)token ? 1.0 : 0.0))];
}
