namespace ModelDsl.Generator.Lowering;

/// <summary>A tensor in the parameter memory.</summary>
/// <param name="Layer">The layer it belongs to.</param>
/// <param name="Id">Which tensor it is.</param>
/// <param name="Value">The tensor itself.</param>
/// <param name="Gradient">The tensor's gradient; unused where no gradient changes the tensor.</param>
/// <param name="Initialization">How it is filled before training.</param>
internal sealed record Parameter(
    BoundLayer Layer,
    TensorId Id,
    Value Value,
    Value Gradient,
    Initialization Initialization)
{
    /// <summary>What training minimises of the tensor's size along with the loss.</summary>
    public Penalty Penalty { get; init; }

    /// <summary>Whether it is a statistic that training moves in its forward pass.</summary>
    public bool IsStatistic { get; init; }

    private const int Alignment = KernelContract.FloatsInCacheLine;

    public bool IsTrainable => Value.Kind == ValueKind.Parameter;

    /// <summary>The floats that it takes, with the padding behind it.</summary>
    public long PaddedLength => (Value.Shape.LongCount + Alignment - 1) / Alignment * Alignment;
}
