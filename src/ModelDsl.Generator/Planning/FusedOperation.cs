namespace ModelDsl.Generator.Planning;

/// <summary>A host operation, or none, with the element-wise stages that finish its rows while they are hot.</summary>
/// <param name="host">The operation that makes the rows; null where the first stage reads them from memory.</param>
/// <param name="stages">The stages in order, each reading what the one before it made.</param>
/// <param name="kept">The values within the chain that others read later and that are therefore stored on the way.</param>
internal sealed class FusedOperation(HostOperation? host, IReadOnlyList<StageOperation> stages, ISet<Value> kept)
    : Operation(host?.Layer ?? stages[0].Layer)
{
    public override IEnumerable<Operation> Parts => host is null ? stages : [host, .. stages];

    public override BatchUse BatchUse => stages.All(stage => stage.BatchUse == BatchUse.Apart)
        ? host?.BatchUse ?? BatchUse.Apart
        : BatchUse.Together;

    public override Operation? AddingUp =>
        host?.AddingUp is HostOperation sum ? new FusedOperation(sum, stages, kept) : null;

    public override Work Work => Parts.Aggregate(Work.None, (sum, part) => sum + part.Work);

    public override IEnumerable<Value> Weights => host?.Weights ?? [];

    public override IEnumerable<Value> ReadsInPart => host?.ReadsInPart ?? [];

    public Value Result => stages[stages.Count - 1].Result;

    /// <summary>What the chain reads row by row, where no host makes it.</summary>
    public Value? Source => host is null ? stages[0].Source : null;

    public override PackableWeight? PackableWeight => host?.PackableWeight;

    /// <summary>The values within the chain that are stored on the way.</summary>
    public IEnumerable<Value> Kept => kept;

    /// <summary>What makes the result of the last value that is stored on the way; null where none is.</summary>
    public FusedOperation? FromKept
    {
        get
        {
            for (int first = stages.Count - 1; first >= (host is null ? 1 : 0); first--)
            {
                Value before = first == 0 ? host!.Result : stages[first - 1].Result;
                if (kept.Contains(before))
                {
                    return new FusedOperation(null, [.. stages.Skip(first)], ImmutableHashSet<Value>.Empty);
                }
            }

            return null;
        }
    }

    public override bool IsRepeatable => Parts.All(part => part.IsRepeatable);

    public override bool IsRandom => Parts.Any(part => part.IsRandom);

    public override IEnumerable<Value> Reads
    {
        get
        {
            IEnumerable<Value> first = host?.Reads ?? [stages[0].Source];
            return first.Concat(stages.SelectMany(stage => stage.Operands));
        }
    }

    public override IEnumerable<Value> Writes => [.. kept, Result, .. host?.SideResults ?? []];

    // An element-wise chain reads each element before it writes it.
    public override Value? InPlaceSource(Value result) => result == Result ? Source : null;

    /// <summary>The same without storing some of the values within the chain.</summary>
    public FusedOperation Without(ISet<Value> unread) =>
        new(host, stages, kept.Where(value => !unread.Contains(value.Root)).ToImmutableHashSet());

    public override string Describe(NameOf name)
    {
        string start = host?.Describe(name) ?? ShapeText.Matrix(stages[0].Source.Shape);
        return string.Join(" → ", stages.Select(stage => stage.DescribeStage(name)).Prepend(start));
    }

    /// <summary>
    /// The kernel for a single sample of a host that at most an activation follows; null where there is none.
    /// </summary>
    public KernelCall? SmallCall =>
        host is not null && kept.Count == 0 && stages.Count == 1 && stages[0] is ActivationOperation activation
            ? host.SmallCall(Result, activation.Function)
            : null;

    public override IReadOnlyList<KernelCall> Calls
    {
        get
        {
            List<KernelObject> chain = [];
            if (host is not null)
            {
                Keep(host.Result);
            }

            foreach (StageOperation stage in stages)
            {
                chain.Add(stage.Stage);
                if (stage.Result != Result)
                {
                    Keep(stage.Result);
                }
            }

            return
            [
                host is null ? StageOperation.ElementwiseCall(stages[0].Source, Result, chain) : host.CallInto(Result, chain),
            ];

            void Keep(Value value)
            {
                if (kept.Contains(value))
                {
                    chain.Add(new KernelObject("Store", [value, stages[0].Columns]));
                }
            }
        }
    }
}
