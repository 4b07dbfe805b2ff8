namespace ModelDsl.Tests.Reference.Layers;

/// <summary>x · T(x), where T(x) is broadcast to the shape of x.</summary>
[ReferenceOf(typeof(MultiplyAttribute<>))]
internal sealed class ReferenceGating : IReferenceLayer
{
    private readonly Func<double[], int, double[]> _gate;
    private readonly int[] _gateShape;
    private readonly int[] _shape;

    public ReferenceGating(LayerAttribute attribute, ReferenceContext context)
    {
        _shape = context.Shape;
        Type block = attribute.GetType().GetGenericArguments()[0];
        _gate = context.CreateBlock(block, context.NameOf(attribute, "multiply") + ".");
        (_gateShape, context.Shape) = (context.Shape, _shape);
    }

    public double[] Forward(double[] input, int batch) =>
    [
        .. ReferenceBroadcast.Apply(_gate(input, batch), _gateShape, _shape, batch)
            .Zip(input, (gate, value) => gate * value),
    ];
}
