using static TorchSharp.torch;

namespace ModelDsl.Torch.Layers;

/// <summary>Branches on the same input: added, multiplied or side by side along the last dimension.</summary>
[TorchOf(typeof(SumAttribute<,>))]
[TorchOf(typeof(SumAttribute<,,>))]
[TorchOf(typeof(SumAttribute<,,,>))]
[TorchOf(typeof(MultiplyAttribute<,>))]
[TorchOf(typeof(ConcatAttribute<,>))]
[TorchOf(typeof(ConcatAttribute<,,>))]
[TorchOf(typeof(ConcatAttribute<,,,>))]
internal sealed class TorchBranches : ITorchLayer
{
    private readonly string _kind;
    private readonly List<TorchChain> _branches = [];

    public TorchBranches(LayerAttribute attribute, TorchLayerContext context)
    {
        _kind = attribute.GetType().Name.Split("Attribute")[0];
        string name = context.NameOf(attribute, char.ToLowerInvariant(_kind[0]) + _kind[1..]);
        long[] input = context.Shape;
        long columns = 0;
        char letter = 'a';
        foreach (Type block in attribute.GetType().GetGenericArguments())
        {
            context.Shape = input;
            _branches.Add(context.CreateBlock(block, $"{name}.{letter++}.", attribute));
            columns += context.Shape[^1];
        }

        if (_kind == "Concat")
        {
            context.Shape = [.. context.Shape[..^1], columns];
        }
    }

    public Tensor Forward(Tensor input)
    {
        Tensor[] outputs = [.. _branches.Select(branch => branch.Forward(input))];
        return _kind switch
        {
            "Sum" => outputs.Aggregate((left, right) => left + right),
            "Multiply" => outputs.Aggregate((left, right) => left * right),
            _ => cat(outputs, -1),
        };
    }
}
