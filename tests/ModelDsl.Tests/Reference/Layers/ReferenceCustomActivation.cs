namespace ModelDsl.Tests.Reference.Layers;

/// <summary>The functions of the test models' own.</summary>
[ReferenceOf(typeof(ActivationAttribute<>))]
internal sealed class ReferenceCustomActivation(LayerAttribute attribute) : IReferenceLayer
{
    private readonly Type _function = attribute.GetType().GetGenericArguments()[0];

    public double[] Forward(double[] input, int batch) => [.. input.Select(x =>
        _function == typeof(Softsign) ? x / (1 + Math.Abs(x))
        : _function == typeof(InverseSquareRoot) ? x / Math.Sqrt(1 + (x * x))
        : throw new NotSupportedException($"{_function.Name} has no reference"))];
}
