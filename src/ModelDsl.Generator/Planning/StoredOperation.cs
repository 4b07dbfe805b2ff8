namespace ModelDsl.Generator.Planning;

/// <summary>
/// An operation on values that are stored in 16 bits: what it reads is expanded before it, what it writes is rounded
/// after it, and it multiplies by rounded weights. It computes in 32 bits.
/// </summary>
/// <remarks>
/// The floats that it works on exist only while it runs. Where it treats each sample by itself, or sums over them, it
/// takes a few samples at a time, so that these floats take little memory and stay in the cache.
/// </remarks>
internal sealed class StoredOperation : Operation
{
    // 512 KiB of one value.
    private const int MostFloats = 1 << 17;

    // A product needs some rows to be worth the reading of its weight; a sum over samples, which is read and written
    // for each part, needs more.
    private const int MostSamples = 32;
    private const int MostSummedSamples = 128;

    private readonly Operation _operation;
    private readonly string _kernel;
    private readonly bool _isTraining;
    private readonly KernelCall? _narrowCall;
    private readonly Dictionary<Value, Value> _floats = [];
    private readonly Dictionary<Value, Value> _weights = [];
    private readonly List<Value> _reads;
    private readonly List<Value> _writes;
    private readonly List<Value> _whole;

    /// <param name="operation">The operation.</param>
    /// <param name="precision">The format of 16 bits.</param>
    /// <param name="rounded">The values that are rounded to 16 bits.</param>
    /// <param name="narrow">Those of them that are stored in 16 bits; the others in 32.</param>
    /// <param name="written">Those of them that an operation before has written, in whole or in part.</param>
    /// <param name="isTraining">Whether the weights have 32 bits in any case.</param>
    public StoredOperation(
        Operation operation,
        Precision precision,
        ISet<Value> rounded,
        ISet<Value> narrow,
        ISet<Value> written,
        bool isTraining)
        : base(operation.Layer)
    {
        _isTraining = isTraining;
        _operation = operation;
        _kernel = $"{precision}Storage";
        _writes = [.. operation.Writes.Select(value => value.Root).Where(narrow.Contains).Distinct()];

        // Of what several operations write in parts, each leaves the others' parts as they are.
        _reads =
        [
            .. operation.Reads.Select(value => value.Root).Where(narrow.Contains)
                .Concat(_writes.Where(written.Contains))
                .Distinct(),
        ];
        _whole = [.. operation.Writes.Select(value => value.Root).Where(rounded.Contains).Except(_writes).Distinct()];
        _narrowCall = _writes.Count == 0 && _reads.Count == PerSampleReads().Count()
            ? operation.NarrowCall(precision)
            : null;
        SamplesAtOnce = _narrowCall is null ? AtOnce(rounded) : null;
        foreach (Value value in _narrowCall is null ? _reads.Concat(_writes).Distinct() : [])
        {
            _floats.Add(value, Source(value) is { } source ? _floats[source] : FloatsOf(value));
        }

        foreach (Value weight in operation.Weights.Where(weight => weight.IsParameter).Distinct())
        {
            _weights.Add(weight, new Value(weight.Id.With("Rounded"), weight.Shape, ValueKind.Scratch));
        }
    }

    public override int? SamplesAtOnce { get; }

    public override BatchUse BatchUse => _operation.BatchUse;

    public override IEnumerable<Operation> Parts => _operation.Parts;

    public override Work Work => _operation.Work;

    public override IEnumerable<Value> ReadsInPart => _operation.ReadsInPart;

    public override bool IsRecomputed => _operation.IsRecomputed;

    public override bool IsRandom => _operation.IsRandom;

    public override bool AddsPenalty => _operation.AddsPenalty;

    public override IEnumerable<Value> Weights => _weights.Keys;

    public override IEnumerable<Value> Reads =>
        [.. _operation.Reads.Where(value => _isTraining || !_weights.ContainsKey(value.Root)), .. _reads];

    public override IEnumerable<Value> Writes =>
        [.. _operation.Writes, .. _floats.Values.Distinct(), .. _weights.Values];

    // The source has been expanded before anything is written in its place.
    public override Value? InPlaceSource(Value result) =>
        _operation.Writes.Any(value => value.Root == result)
        && _operation.InPlaceSource(result)?.Root is { } source
        && _reads.Contains(source) == _writes.Contains(result)
            ? source
            : null;

    public override string Describe(NameOf name) => _operation.Describe(name);

    public override IReadOnlyList<KernelCall> Preparations =>
    [
        .. _weights.Select(weight => _isTraining
            ? new KernelCall($"{_kernel}.Round", [weight.Key, weight.Value])
            : new KernelCall($"{_kernel}.Load", [new StoredWeightArgument(weight.Key), weight.Value])),
    ];

    public override IReadOnlyList<KernelCall> Calls => _narrowCall is not null ? [_narrowCall] :
    [
        .. _reads.Select(value => new KernelCall($"{_kernel}.Expand", [Stored(value), _floats[value]])),
        .. (IsSummed && _operation.AddingUp is { } sum ? sum : _operation).Calls.Select(call => call.Replace(Replace)),
        .. _writes.Select(value => new KernelCall($"{_kernel}.Round", [_floats[value], Stored(value)])),
        .. _whole.Select(value => new KernelCall($"{_kernel}.Round", [Stored(value), Stored(value)])),
    ];

    private IEnumerable<Value> PerSampleReads() =>
        _operation.Reads.Select(value => value.Root).Where(value => value.IsPerSample).Distinct();

    private bool IsSummed => SamplesAtOnce is not null && _operation.BatchUse == BatchUse.Summed;

    // The same parts whether or not some of the values have 32 bits, for the same bits. A power of two, so that a batch
    // that comes in parts of whole blocks of samples is divided at the same places.
    private int? AtOnce(ISet<Value> rounded)
    {
        int largest = _operation.Values.Select(value => value.Root)
            .Where(rounded.Contains)
            .Select(value => value.Shape.Count)
            .DefaultIfEmpty(0)
            .Max();
        int most = _operation.BatchUse switch
        {
            BatchUse.Apart => MostSamples,
            BatchUse.Summed => MostSummedSamples,
            _ => 0,
        };
        if (largest == 0 || most == 0)
        {
            return null;
        }

        int samples = 1;
        while (samples * 2 <= Math.Min(most, MostFloats / largest))
        {
            samples *= 2;
        }

        return Math.Max(_operation.FewestSamples, samples);
    }

    // What a value may share its floats with: what the operation itself would overwrite by it.
    private Value? Source(Value value) =>
        !_reads.Contains(value)
        && _operation.InPlaceSource(value)?.Root is { } source
        && _floats.ContainsKey(source)
        && source.Shape.Count == value.Shape.Count
        && _operation.Reads.Count(read => read.Root == source) == 1
            ? source
            : null;

    private Value FloatsOf(Value value)
    {
        TensorId id = value.Id.With("Floats");
        return SamplesAtOnce is { } samples
            ? new Value(id, new TensorShape(samples, value.Shape.Count), ValueKind.Scratch)
            : new Value(id, value.Shape, value.Kind);
    }

    private Argument Stored(Value value) => SamplesAtOnce is null ? value : new PartArgument(value);

    private Argument Replace(Argument argument) => argument switch
    {
        MemoryArgument { Value: { Root: var value } } when _floats.TryGetValue(value, out Value? floats) => floats,
        MemoryArgument { Value: { Root: var value } } when _weights.TryGetValue(value, out Value? weight) => weight,
        _ when SamplesAtOnce is null => argument,
        MemoryArgument { Value: { Root: { IsPerSample: true } or { Kind: ValueKind.Input } } memory } =>
            new PartArgument(memory),
        SizeArgument { Size.PerSample: > 0 } size => new PartSizeArgument(size.Size),
        ConstantArgument { Name: "accumulate" } when IsSummed && !IsAdding => new IsLaterPartArgument(),
        KernelObject stage when IsKeyedByRow(stage) => InRows(stage),
        _ => argument,
    };

    // Whether the operation adds to what was there before the first part too.
    private bool IsAdding => _operation.Calls.Any(call =>
        call.Arguments.Any(argument => argument is ConstantArgument { Name: "accumulate", Constant: true }));

    // Random numbers are drawn for a row of the batch, not of the samples at hand.
    private static bool IsKeyedByRow(KernelObject stage) =>
        stage.Arguments.Any(argument => argument is VariableArgument { Variable: ModelVariable.Seed });

    private KernelObject InRows(KernelObject stage)
    {
        StageOperation last = _operation.Parts.OfType<StageOperation>().Last();
        return new KernelObject("FromRow", [stage, new FirstRowArgument(last.Result.Shape.Count / last.Columns)])
        {
            Of = new KernelType(stage.Type),
        };
    }
}
