namespace Benchmarks.Torch.Layers;

/// <summary>The functions of the test models' own, by their names.</summary>
[TorchOf(typeof(ActivationAttribute<>))]
internal sealed class TorchCustomActivation(LayerAttribute attribute) : ITorchLayer
{
    private readonly string _function = attribute.GetType().GetGenericArguments()[0].Name;

    public Tensor Forward(Tensor input) => _function switch
    {
        "Softsign" => input / (1 + input.abs()),
        "InverseSquareRoot" => input / (1 + input.square()).sqrt(),
        _ => throw new NotSupportedException($"{_function} has no twin in libtorch"),
    };
}
