namespace Benchmarks.Torch.Layers;

/// <summary>Copies of a block in a row.</summary>
[TorchOf(typeof(RepeatAttribute<>))]
internal sealed class TorchRepeat : ITorchLayer
{
    private readonly TorchChain[] _copies;

    public TorchRepeat(LayerAttribute attribute, TorchLayerContext context)
    {
        Type block = attribute.GetType().GetGenericArguments()[0];
        int count = (int)attribute.GetType().GetProperty("Count")!.GetValue(attribute)!;
        bool shared = (bool)attribute.GetType().GetProperty("Shared")!.GetValue(attribute)!;
        string name = context.NameOf(attribute, "repeat");
        _copies = [.. Enumerable.Range(0, count).Select(copy => context.CreateBlock(block, $"{name}.{(shared ? 0 : copy)}.", attribute))];
    }

    public Tensor Forward(Tensor input) => _copies.Aggregate(input, (values, copy) => copy.Forward(values));
}
