namespace ModelDsl.Tool.Explaining;

/// <summary>What the compiler makes of one program of a model. Reports write it down; it is what JSON has.</summary>
/// <param name="Model">The model's full name.</param>
/// <param name="Settings">What was asked for.</param>
/// <param name="Operations">The operations in the order in which they run.</param>
/// <param name="Refusals">The element-wise operations that run by themselves, and why.</param>
/// <param name="Arena">The memory of all values but parameters, their gradients and the samples.</param>
internal sealed record ModelExplanation(
    string Model,
    ExplainSettings Settings,
    IReadOnlyList<ExplainedOperation> Operations,
    IReadOnlyList<ExplainedRefusal> Refusals,
    ExplainedArena Arena)
{
    /// <summary>What came of the model's memory budget, in the batch that it is for; null where it has none.</summary>
    public string? Budget { get; init; }

    /// <summary>The floating-point operations of a batch.</summary>
    public long Flops => Operations.Sum(operation => operation.Flops);

    /// <summary>Whether some operations are estimates.</summary>
    public bool IsEstimate => Operations.Any(operation => operation.IsEstimate);

    /// <summary>The bytes that the operations read and write, for a batch.</summary>
    public long Bytes => Operations.Sum(operation => operation.Bytes);

    /// <summary>The sum of the predicted times; null where none is predicted.</summary>
    public double? Seconds => Settings.PeakGigaflops is null ? null : Operations.Sum(operation => operation.Seconds);
}

/// <summary>One operation: a kernel's call with the stages that are fused into it.</summary>
/// <param name="Number">Its place in the program, from 0.</param>
/// <param name="Pass">Where it stands.</param>
/// <param name="Layers">The names of the layers that it computes.</param>
/// <param name="Sources">The attributes or expressions that these come from.</param>
/// <param name="Text">What it computes, with shapes, as the generated comment has it.</param>
/// <param name="Kernels">The kernels that it calls.</param>
/// <param name="Fused">
/// What each of the operations in it does, the one that makes the rows first; empty where nothing is fused.
/// </param>
/// <param name="Flops">Its floating-point operations, for the batch.</param>
/// <param name="IsEstimate">Whether these are estimated.</param>
/// <param name="Bytes">What it reads and writes, each value once, for the batch.</param>
internal sealed record ExplainedOperation(
    int Number,
    ProgramPass Pass,
    IReadOnlyList<string> Layers,
    IReadOnlyList<string> Sources,
    string Text,
    IReadOnlyList<string> Kernels,
    IReadOnlyList<string> Fused,
    long Flops,
    bool IsEstimate,
    long Bytes)
{
    /// <summary>The time by the roofline, max(FLOPs / peak, bytes / bandwidth); null where none is predicted.</summary>
    public double? Seconds { get; init; }

    /// <summary>What the time is predicted from; null where none is.</summary>
    public RooflineLimit? Limit { get; init; }
}

/// <summary>Where an operation stands in a program.</summary>
internal enum ProgramPass
{
    Forward,
    Loss,
    Backward,

    /// <summary>An operation of the forward pass that the backward pass does again, to save memory.</summary>
    Recomputed,
}

/// <summary>What bounds the speed of an operation.</summary>
internal enum RooflineLimit
{
    Compute,
    Memory,
}

/// <summary>An element-wise operation that is not fused into the one that makes what it reads.</summary>
/// <param name="Operation">The number of the operation that it begins.</param>
/// <param name="Layer">The layer that it belongs to.</param>
/// <param name="Stage">What it does.</param>
/// <param name="Maker">The layer of the operation that makes its source; null where the program does not.</param>
/// <param name="Obstacle">The reason, as the planner names it.</param>
/// <param name="Reason">The reason as a sentence.</param>
internal sealed record ExplainedRefusal(
    int Operation, string Layer, string Stage, string? Maker, string Obstacle, string Reason);

/// <summary>The memory of a program's values for a batch.</summary>
/// <param name="FixedFloats">The floats that do not depend on the batch; they come first.</param>
/// <param name="FloatsPerSample">The floats of each sample.</param>
/// <param name="Bytes">The size for the batch.</param>
/// <param name="SeparateBytes">The size if no two values shared memory.</param>
/// <param name="Values">The values with their places.</param>
internal sealed record ExplainedArena(
    int FixedFloats, int FloatsPerSample, long Bytes, long SeparateBytes, IReadOnlyList<ExplainedValue> Values);

/// <summary>A value's place in the arena.</summary>
/// <param name="Name">The value, as the generated code names it.</param>
/// <param name="Shape">Its shape, without the batch.</param>
/// <param name="Kind">What it is.</param>
/// <param name="First">The operation that writes it first.</param>
/// <param name="Last">The last that reads it; the number of operations where it is read after them.</param>
/// <param name="Offset">Where it starts, in bytes, for the batch.</param>
/// <param name="Bytes">How long it is, for the batch.</param>
internal sealed record ExplainedValue(
    string Name, string Shape, string Kind, int First, int Last, long Offset, long Bytes);
