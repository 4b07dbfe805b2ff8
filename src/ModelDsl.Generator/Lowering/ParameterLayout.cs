namespace ModelDsl.Generator.Lowering;

/// <summary>
/// Where each tensor lies in the parameter memory: trainable ones first, in the order of the layers, then those that no
/// gradient changes, so that gradients and optimizers see one contiguous span.
/// </summary>
internal sealed class ParameterLayout
{
    private readonly Dictionary<TensorId, int> _offsets = [];
    private readonly Dictionary<int, int> _counts = [];
    private readonly Dictionary<int, int> _own = [];

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ParameterLayout(IReadOnlyList<Parameter> parameters, CancellationToken cancellation)
    {
        Parameters = [.. parameters.OrderBy(parameter => parameter.IsTrainable ? 0 : 1)];
        long length = 0;
        foreach (Parameter parameter in Parameters.Looked(cancellation))
        {
            _offsets.Add(parameter.Id, (int)Math.Min(length, int.MaxValue));
            length += parameter.PaddedLength;
            if (parameter.IsTrainable)
            {
                TrainableLength = (int)Math.Min(length, int.MaxValue);
                _counts[parameter.Layer.Index] = unchecked(CountOf(parameter.Layer.Index) + parameter.Value.Shape.Count);
                _own.TryGetValue(parameter.Layer.Ordinal, out int own);
                _own[parameter.Layer.Ordinal] = unchecked(own + parameter.Value.Shape.Count);
            }
        }

        Length = length;
    }

    /// <summary>The tensors in the order of memory.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The length of the memory, in floats.</summary>
    public long Length { get; }

    /// <summary>The length of the first part, which gradients change.</summary>
    public int TrainableLength { get; }

    /// <summary>
    /// Where a tensor, or its gradient, starts in its memory. The training and the inference program have values of
    /// their own for the same tensor.
    /// </summary>
    public int OffsetOf(Value value) => _offsets[value.Parameter!];

    /// <summary>The number of trainable values of the layers that came from the model's attribute of a number.</summary>
    public int CountOf(int attributeIndex) => _counts.TryGetValue(attributeIndex, out int count) ? count : 0;

    /// <summary>The number of trainable values of a layer, with those of the blocks that it consists of.</summary>
    public int CountOf(BoundLayer layer)
    {
        _own.TryGetValue(layer.Ordinal, out int count);
        return layer.Blocks.Aggregate(count, (sum, block) => unchecked(sum + CountOf(block)));
    }

    /// <summary>The number of trainable values of a block's layers.</summary>
    public int CountOf(BoundBlock block) =>
        block.Layers.Aggregate(0, (sum, layer) => unchecked(sum + CountOf(layer)));
}
