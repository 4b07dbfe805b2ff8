using System.Reflection;

namespace Benchmarks.Torch.Layers;

/// <summary>
/// Branches on the same input: added, multiplied with broadcasting, or side by side along the last dimension.
/// </summary>
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
        List<long[]> outputs = [];
        Type[] blocks = attribute.GetType().GetGenericArguments();
        for (int i = 0; i < blocks.Length; i++)
        {
            context.Shape = input;
            InputAttribute? own = blocks[i].GetCustomAttribute<InputAttribute>();
            string scope = own is null ? $"{name}.{(char)('a' + i)}." : $"{TorchLayerContext.BranchName(blocks, i)}.";
            _branches.Add(context.CreateBlock(blocks[i], scope, attribute));
            _inputs.Add(own is null ? null : [.. own.Dimensions]);
            outputs.Add(context.Shape);
        }

        int rank = outputs.Max(shape => shape.Length);
        context.Shape = _kind == "Concat"
            ? [.. context.Shape[..^1], outputs.Sum(shape => shape[^1])]
            : [.. Enumerable.Range(1, rank).Select(fromEnd => outputs.Max(shape => Extent(shape, fromEnd))).Reverse()];

        static long Extent(long[] shape, int fromEnd) => fromEnd > shape.Length ? 1 : shape[^fromEnd];
    }

    /// <summary>The product of two batches, each of whose samples are broadcast.</summary>
    public static Tensor Product(Tensor left, Tensor right)
    {
        long rank = Math.Max(left.dim(), right.dim());
        return Samples(left) * Samples(right);

        // Dimensions that are missing at the front of a sample stand behind the batch.
        Tensor Samples(Tensor values) => values.reshape(
            [values.shape[0], .. Enumerable.Repeat(1L, (int)(rank - values.dim())), .. values.shape[1..]]);
    }

    public Tensor Forward(Tensor input)
    {
        long start = 0;
        Tensor[] outputs = [.. _branches.Zip(_inputs, (branch, own) => branch.Forward(own is null ? input : Take(own)))];
        return _kind switch
        {
            "Sum" => outputs.Aggregate((left, right) => left + right),
            "Multiply" => Product(outputs[0], outputs[1]),
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
