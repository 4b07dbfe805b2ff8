namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceInput : IReferenceLayer<InputAttribute>
{
    private readonly InputAttribute _attribute;
    private readonly ReferenceContext _context;

    public ReferenceInput(InputAttribute attribute, ReferenceContext context)
    {
        Assert.Equal(attribute.Dimensions, context.Shape);
        (_attribute, _context) = (attribute, context);
    }

    public double[] Forward(double[] input, int batch)
    {
        _context.IsPadding = [.. input.Select(token => _attribute.Type == ElementType.Token && token == _attribute.Padding)];
        return input;
    }
}
