using ModelDsl.Generator.Lowering.Clipping;

namespace ModelDsl.Generator.Planning;

/// <summary>A program ready to be written down: fused operations in order, and where their values lie.</summary>
/// <param name="Operations">The operations.</param>
/// <param name="Memory">The arena's layout.</param>
/// <param name="Output">The value that is read after the program.</param>
/// <param name="HeadOutputs">What else is read after it: the outputs of each of several heads.</param>
/// <param name="Repeats">The parts that are the same but for the memory that they work on.</param>
internal sealed record ExecutionPlan(
    IReadOnlyList<Operation> Operations,
    MemoryPlan Memory,
    Value Output,
    IReadOnlyList<Value> HeadOutputs,
    IReadOnlyList<RepeatedSection> Repeats)
{
    private readonly (int Start, int End)? _comparison;
    private Dictionary<Value, int>? _packedNumbers;

    /// <summary>The gradient of the samples, which is read after the program too; null where there is none.</summary>
    public Value? InputGradient { get; private init; }

    /// <summary>Whether the outputs of layers stay after the program.</summary>
    public bool KeepsActivations { get; private init; }

    /// <summary>
    /// The squared norm of each sample's gradient, which is read after the program too; null where there is none.
    /// </summary>
    public Value? SampleSquares { get; private init; }

    /// <summary>The weights that a model for inference packs once, each once.</summary>
    public IReadOnlyList<PackableWeight> PackableWeights { get; } =
    [
        .. Operations.Select(operation => operation.PackableWeight)
            .OfType<PackableWeight>()
            .GroupBy(packable => packable.Weight.Root)
            .Select(group => group.First()),
    ];

    /// <summary>
    /// The weights that are read as the model stores them, and that it may therefore hold in 16 bits; those that an
    /// operation reads as they are have 32.
    /// </summary>
    public IReadOnlyList<Value> NarrowWeights { get; } =
    [
        .. Operations.OfType<StoredOperation>()
            .SelectMany(operation => operation.Weights)
            .Select(weight => weight.Root)
            .Distinct()
            .Except(Operations.SelectMany(operation => operation.Reads).Select(value => value.Root)),
    ];

    /// <summary>Whether a step minimises more than the loss: penalties for weights or activities.</summary>
    public bool AddsPenalty { get; } = Operations.Any(operation => operation.AddsPenalty);

    /// <summary>Whether the program draws random numbers, such as dropout's masks.</summary>
    public bool IsRandom { get; } = Operations.Any(operation => operation.IsRandom);

    /// <summary>
    /// Where outputs are compared with targets: the first of these operations, and what follows the last.
    /// </summary>
    public (int Start, int End) Comparison
    {
        get => _comparison ?? (Turn, Turn + 1);
        init => _comparison = value;
    }

    /// <summary>The gradients of parameters that the comparison of outputs with targets writes.</summary>
    public IEnumerable<Value> GradientsOfLosses => Operations
        .Skip(Comparison.Start)
        .Take(Comparison.End - Comparison.Start)
        .SelectMany(operation => operation.Writes)
        .Where(value => value.Kind == ValueKind.ParameterGradient)
        .Distinct();

    /// <summary>The number of the loss, where forward turns to backward; -1 where the program does not train.</summary>
    public int Turn { get; } = Operations.ToList().FindIndex(
        operation => operation is LossOperation or SampleLoop { HasLoss: true });

    /// <summary>
    /// The most samples that a forward pass computes together; null where it computes a batch as a whole.
    /// </summary>
    public int? SamplesInPart { get; private init; }

    /// <summary>The number of a weight among <see cref="PackableWeights"/>; null where it is none of them.</summary>
    public int? PackedNumber(Value weight)
    {
        _packedNumbers ??= PackableWeights.Select((packable, number) => (packable.Weight.Root, number))
            .ToDictionary(pair => pair.Root, pair => pair.number);
        return _packedNumbers.TryGetValue(weight, out int found) ? found : null;
    }

    /// <summary>
    /// The call that computes an operation for a single sample and is inlined there; null where it has none.
    /// </summary>
    public KernelCall? SmallCall(int operation) => Operations[operation] switch
    {
        FusedOperation fused => fused.SmallCall,
        HostOperation host => host.SmallCall(host.Result, activation: null),
        _ => null,
    };

    /// <param name="fused">The operations.</param>
    /// <param name="results">What is read after them: the output, and then those of each of several heads.</param>
    /// <param name="mode">How the arena is laid out.</param>
    /// <param name="cancellation">Looked at for each operation and each value.</param>
    /// <param name="inputGradient">The gradient of the samples, where the program leaves it.</param>
    /// <param name="activations">The outputs of layers that stay, where they do.</param>
    /// <param name="narrow">The values that are stored in 16 bits; none where it is null.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExecutionPlan Create(
        IReadOnlyList<Operation> fused,
        IReadOnlyList<Value> results,
        MemoryMode mode,
        CancellationToken cancellation,
        Value? inputGradient = null,
        IReadOnlyList<Value>? activations = null,
        ISet<Value>? narrow = null)
    {
        Value[] read = [.. results, .. inputGradient is null ? [] : (Value[])[inputGradient], .. activations ?? []];
        MemoryPlan memory = MemoryPlan.Create(fused, read, mode, cancellation, narrow);
        IReadOnlyList<RepeatedSection> repeats = RepeatFinder.Find(fused, memory, cancellation);
        return new ExecutionPlan(fused, memory, results[0], [.. results.Skip(1)], repeats)
        {
            InputGradient = inputGradient,
            KeepsActivations = activations is { Count: > 0 },
        };
    }

    /// <summary>The plan of a forward pass, which may compute a batch a few samples at a time.</summary>
    /// <param name="fused">The operations.</param>
    /// <param name="results">As in <see cref="Create"/>.</param>
    /// <param name="weights">The number of the model's parameters.</param>
    /// <param name="mode">How the arena is laid out.</param>
    /// <param name="cancellation">Looked at for each operation and each value.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExecutionPlan CreateInference(
        IReadOnlyList<Operation> fused,
        IReadOnlyList<Value> results,
        long weights,
        MemoryMode mode,
        CancellationToken cancellation)
    {
        ExecutionPlan plan = Create(fused, results, mode, cancellation);

        // Parts of another size might round in another way, and the layout of memory changes no bit.
        ExecutionPlan planned =
            mode == MemoryMode.Planned ? plan : Create(fused, results, MemoryMode.Planned, cancellation);
        return plan with { SamplesInPart = InferenceParts.MostSamples(planned, weights) };
    }

    /// <summary>The plan of the loss of outputs that lie somewhere else.</summary>
    /// <param name="fused">The operations, the kernels of the losses last.</param>
    /// <param name="mode">How the arena is laid out.</param>
    /// <param name="cancellation">Looked at for each operation and each value.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExecutionPlan CreateEvaluation(
        IReadOnlyList<Operation> fused, MemoryMode mode, CancellationToken cancellation) =>
        new(
            fused,
            MemoryPlan.Create(fused, [], mode, cancellation),
            fused[fused.Count - 1].Reads.First(),
            [],
            []);

    /// <summary>
    /// The plan of a program with loops over samples. Copies of blocks are written out: what a loop does in one of them
    /// is a method already.
    /// </summary>
    /// <param name="fused">The operations.</param>
    /// <param name="results">As in <see cref="Create"/>.</param>
    /// <param name="squares">The squared norms of the samples' gradients, where the program leaves them.</param>
    /// <param name="mode">How the arena is laid out.</param>
    /// <param name="cancellation">Looked at for each operation and each value.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExecutionPlan CreateClipped(
        IReadOnlyList<Operation> fused,
        IReadOnlyList<Value> results,
        Value? squares,
        MemoryMode mode,
        CancellationToken cancellation)
    {
        Value[] read = squares is null ? [.. results] : [.. results, squares];
        return new ExecutionPlan(
            fused, MemoryPlan.Create(fused, read, mode, cancellation), results[0], [.. results.Skip(1)], [])
        {
            SampleSquares = squares,
        };
    }
}
