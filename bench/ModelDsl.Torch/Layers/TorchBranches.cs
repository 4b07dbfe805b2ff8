using System.Reflection;

namespace Benchmarks.Torch.Layers;

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

    // The shape of each tower's own input; null where the branch takes what all others take.
    private readonly List<int[]?> _inputs = [];

    public TorchBranches(LayerAttribute attribute, TorchLayerContext context)
    {
        _kind = attribute.GetType().Name.Split("Attribute")[0];
        string name = context.NameOf(attribute, char.ToLowerInvariant(_kind[0]) + _kind[1..]);
        long[] input = context.Shape;
        long columns = 0;
        Type[] blocks = attribute.GetType().GetGenericArguments();
        for (int i = 0; i < blocks.Length; i++)
        {
            context.Shape = input;
            InputAttribute? own = blocks[i].GetCustomAttribute<InputAttribute>();
            string scope = own is null ? $"{name}.{(char)('a' + i)}." : $"{TorchLayerContext.BranchName(blocks, i)}.";
            _branches.Add(context.CreateBlock(blocks[i], scope, attribute));
            _inputs.Add(own is null ? null : [.. own.Dimensions]);
            columns += context.Shape[^1];
        }

        if (_kind == "Concat")
        {
            context.Shape = [.. context.Shape[..^1], columns];
        }
    }

    public Tensor Forward(Tensor input)
    {
        long start = 0;
        Tensor[] outputs = [.. _branches.Zip(_inputs, (branch, own) => branch.Forward(own is null ? input : Take(own)))];
        return _kind switch
        {
            "Sum" => outputs.Aggregate((left, right) => left + right),
            "Multiply" => outputs.Aggregate((left, right) => left * right),
            _ => cat(outputs, -1),
        };

        Tensor Take(int[] shape)
        {
            long count = shape.Aggregate(1L, (product, extent) => product * extent);
            Tensor part = input.narrow(1, start, count).reshape([input.shape[0], .. shape.Select(extent => (long)extent)]);
            start += count;
            return part;
        }
    }
}
