namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceInput : IReferenceLayer<InputAttribute>
{
    public ReferenceInput(InputAttribute attribute, ReferenceContext context) =>
        Assert.Equal(attribute.Dimensions, context.Shape);

    public double[] Forward(double[] input, int batch) => input;
}
