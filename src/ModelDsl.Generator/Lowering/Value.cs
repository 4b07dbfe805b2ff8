using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering;

/// <summary>A tensor that one operation writes and others read. Compared by identity.</summary>
internal sealed class Value(string name, TensorShape shape, ValueKind kind, Value? viewOf = null)
{
    /// <summary>The variable's name in the emitted code.</summary>
    public string Name => name;

    /// <summary>The shape; without the batch for what is computed for each sample.</summary>
    public TensorShape Shape => shape;

    public ValueKind Kind => kind;

    /// <summary>The tensor of the parameter memory that it is, or is the gradient of, by its name in files; else null.</summary>
    public string? Tensor { get; init; }

    /// <summary>The value whose memory this one shows under another shape, itself where it has memory of its own.</summary>
    public Value Root => viewOf?.Root ?? this;

    /// <summary>Whether the arena holds it.</summary>
    public bool IsInArena => kind is ValueKind.Activation or ValueKind.Gradient or ValueKind.Scratch or ValueKind.Kept;

    /// <summary>Whether it lies in the parameter memory.</summary>
    public bool IsParameter => kind is ValueKind.Parameter or ValueKind.State;

    public override string ToString() => $"{name}: {shape}";
}
