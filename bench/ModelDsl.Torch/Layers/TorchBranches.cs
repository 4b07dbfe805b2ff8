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
    private readonly TorchBlock[] _branches;

    public TorchBranches(LayerAttribute attribute, TorchLayerContext context)
    {
        _kind = attribute.GetType().Name.Split("Attribute")[0];
        string name = context.NameOf(attribute, char.ToLowerInvariant(_kind[0]) + _kind[1..]);
        _branches = TorchBlock.AllOf(attribute, context, name);
        long[][] outputs = [.. _branches.Select(branch => branch.Shape)];
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
        Tensor[] outputs = [.. _branches.Select(branch => branch.Run(input))];
        return _kind switch
        {
            "Sum" => outputs.Aggregate((left, right) => left + right),
            "Multiply" => Product(outputs[0], outputs[1]),
            _ => cat(outputs, -1),
        };
    }
}
