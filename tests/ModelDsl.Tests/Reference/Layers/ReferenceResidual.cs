namespace ModelDsl.Tests.Reference.Layers;

/// <summary>x + T(x).</summary>
[ReferenceOf(typeof(ResidualAttribute<>))]
internal sealed class ReferenceResidual : IReferenceLayer
{
    private readonly Func<double[], int, double[]> _branch;

    public ReferenceResidual(LayerAttribute attribute, ReferenceContext context)
    {
        Type block = attribute.GetType().GetGenericArguments()[0];
        _branch = context.CreateBlock(block, context.NameOf(attribute, "residual") + ".");
    }

    public double[] Forward(double[] input, int batch) =>
        [.. input.Zip(_branch(input, batch), (skipped, branch) => skipped + branch)];
}
