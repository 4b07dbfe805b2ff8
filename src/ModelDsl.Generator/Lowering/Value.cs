namespace ModelDsl.Generator.Lowering;

/// <summary>A tensor that one operation writes and others read. Compared by identity.</summary>
internal sealed class Value(TensorId id, TensorShape shape, ValueKind kind, Value? viewOf = null)
{
    /// <summary>Which tensor of the model it is.</summary>
    public TensorId Id => id;

    /// <summary>The shape; without the batch for what is computed for each sample.</summary>
    public TensorShape Shape => shape;

    public ValueKind Kind => kind;

    /// <summary>
    /// The tensor of the parameter memory that it is, or is the gradient of; null where it is neither.
    /// </summary>
    public TensorId? Parameter { get; init; }

    /// <summary>
    /// Whether a model of mixed precision may round it: the output of a layer, or the gradient of one. Not what must be
    /// exact, such as indices, statistics and probabilities.
    /// </summary>
    public bool MayBeRounded { get; init; }

    /// <summary>The value of the forward pass that this one is again, after the loss; null where it is none.</summary>
    public Value? Original { get; init; }

    /// <summary>
    /// The value whose memory this one shows under another shape, itself where it has memory of its own.
    /// </summary>
    public Value Root => viewOf?.Root ?? this;

    /// <summary>Whether the arena holds it.</summary>
    public bool IsInArena => kind is ValueKind.Activation or ValueKind.Gradient or ValueKind.Scratch or ValueKind.Kept;

    /// <summary>Whether the arena holds it once for each sample.</summary>
    public bool IsPerSample => kind is ValueKind.Activation or ValueKind.Gradient;

    /// <summary>Whether it lies in the parameter memory.</summary>
    public bool IsParameter => kind is ValueKind.Parameter or ValueKind.State;

    public override string ToString() => $"{id}: {shape}";
}
