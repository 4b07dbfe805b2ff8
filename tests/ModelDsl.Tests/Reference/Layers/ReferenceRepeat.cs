namespace ModelDsl.Tests.Reference.Layers;

/// <summary>Copies of a block in a row.</summary>
[ReferenceOf(typeof(RepeatAttribute<>))]
internal sealed class ReferenceRepeat : IReferenceLayer
{
    private readonly Func<double[], int, double[]>[] _copies;

    public ReferenceRepeat(LayerAttribute attribute, ReferenceContext context)
    {
        Type block = attribute.GetType().GetGenericArguments()[0];
        int count = (int)attribute.GetType().GetProperty("Count")!.GetValue(attribute)!;
        bool shared = (bool)attribute.GetType().GetProperty("Shared")!.GetValue(attribute)!;
        string name = context.NameOf(attribute, "repeat");
        _copies = [.. Enumerable.Range(0, count).Select(copy => context.CreateBlock(block, $"{name}.{(shared ? 0 : copy)}."))];
    }

    public double[] Forward(double[] input, int batch) =>
        _copies.Aggregate(input, (values, copy) => copy(values, batch));
}
