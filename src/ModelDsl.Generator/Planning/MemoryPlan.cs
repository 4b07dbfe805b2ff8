namespace ModelDsl.Generator.Planning;

/// <summary>
/// Where each value of a program lies in the arena: a part of fixed size, then one that grows with the batch.
/// </summary>
/// <param name="Offsets">
/// The offset of each value that has memory of its own, in floats of the fixed part or in floats per sample of the other.
/// </param>
/// <param name="FloatsPerSample">The growing part's size for one sample.</param>
/// <param name="FixedFloats">The fixed part's size.</param>
/// <param name="Freed">The values that nothing reads after the operation of the same number.</param>
internal sealed record MemoryPlan(
    IReadOnlyDictionary<Value, int> Offsets,
    int FloatsPerSample,
    int FixedFloats,
    IReadOnlyList<IReadOnlyList<Value>> Freed)
{
    // Every offset is a multiple of a cache line whatever the batch.
    private const int Alignment = KernelContract.FloatsInCacheLine;

    /// <summary>The values that are stored in 16 bits, two in a float.</summary>
    public ISet<Value> Narrow { get; private init; } = ImmutableHashSet<Value>.Empty;

    /// <summary>The bytes of the arena for some samples.</summary>
    public long BytesFor(int batch) => sizeof(float) * (FixedFloats + ((long)FloatsPerSample * batch));

    /// <summary>When each value has its place.</summary>
    public IEnumerable<Lifetime> Lifetimes => Slots.SelectMany(slot => slot.Lifetimes);

    private IReadOnlyList<Slot> Slots { get; init; } = [];

    /// <summary>The looks that finding the places took: what a test counts.</summary>
    public long Steps { get; private init; }

    /// <summary>Where the memory of a value starts that each sample has for itself.</summary>
    public Size StartOf(Value value) => new(FixedFloats, Offsets[value]);

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static MemoryPlan Create(
        IReadOnlyList<Operation> operations,
        IReadOnlyCollection<Value> outputs,
        MemoryMode mode,
        CancellationToken cancellation,
        ISet<Value>? narrow = null)
    {
        narrow ??= ImmutableHashSet<Value>.Empty;
        List<Slot> slots = SlotsOf(operations, outputs, mode, narrow, cancellation);
        slots.Sort((left, right) => left.Size != right.Size ? right.Size.CompareTo(left.Size) : left.Start.CompareTo(right.Start));
        int times = operations.Count + 1;
        ILookup<bool, Slot> kinds = slots.Looked(cancellation).ToLookup(slot => slot.IsFixed);
        (int floatsPerSample, long growing) = Place([.. kinds[false]], times, mode, cancellation);
        (int fixedFloats, long @fixed) = Place([.. kinds[true]], times, mode, cancellation);

        var offsets = new Dictionary<Value, int>();
        List<Value>[] freed = [.. operations.Select(_ => new List<Value>())];
        foreach (Slot slot in slots)
        {
            cancellation.Look();
            foreach (Value value in slot.Values)
            {
                offsets[value] = slot.Offset;
            }

            if (mode == MemoryMode.Poisoned && slot.End < operations.Count)
            {
                freed[slot.End].Add(slot.Values[slot.Values.Count - 1]);
            }
        }

        return new MemoryPlan(offsets, floatsPerSample, fixedFloats, freed)
        {
            Narrow = narrow,
            Slots = slots,
            Steps = growing + @fixed,
        };
    }

    private static (int Total, long Steps) Place(
        List<Slot> slots, int times, MemoryMode mode, CancellationToken cancellation)
    {
        var taken = new TakenMemory(times, cancellation);
        int total = 0;
        foreach (Slot slot in slots)
        {
            cancellation.Look();
            if (mode == MemoryMode.Separate)
            {
                slot.Offset = total;
            }
            else
            {
                slot.Offset = taken.FirstFit(slot.Start, slot.End, slot.Size);
                taken.Take(slot.Start, slot.End, slot.Offset, slot.Size);
            }

            total = Math.Max(total, slot.Offset + slot.Size);
        }

        return (total, taken.Steps);
    }

    private static List<Slot> SlotsOf(
        IReadOnlyList<Operation> operations,
        IReadOnlyCollection<Value> outputs,
        MemoryMode mode,
        ISet<Value> narrow,
        CancellationToken cancellation)
    {
        var slotOf = new Dictionary<Value, Slot>();
        List<Slot> slots = KeptSlots(operations, cancellation);
        Dictionary<Value, int> lastUse = LastUses(operations, outputs, cancellation);
        for (int i = 0; i < operations.Count; i++)
        {
            cancellation.Look();
            foreach (Value write in operations[i].Writes.Select(value => value.Root).Where(IsPlanned))
            {
                int last = lastUse.TryGetValue(write, out int end) ? Math.Max(end, i) : i;
                if (slotOf.TryGetValue(write, out Slot? own))
                {
                    // Several operations write parts of it.
                    own.End = Math.Max(own.End, last);
                    continue;
                }

                Value? source = operations[i].InPlaceSource(write)?.Root;
                bool inPlace = mode != MemoryMode.Separate
                    && source is not null
                    && IsPlanned(source)
                    && source.Kind != ValueKind.Scratch
                    && source.Shape.Count == write.Shape.Count
                    && narrow.Contains(source) == narrow.Contains(write)
                    && lastUse[source] == i
                    && operations[i].Reads.Count(read => read.Root == source) == 1;
                if (!inPlace || !slotOf.TryGetValue(source!, out Slot? slot))
                {
                    slot = new Slot(i, PaddedLength(write, narrow.Contains(write)));
                    slots.Add(slot);
                }

                slot.Values.Add(write);
                slot.Starts.Add(i);
                slot.End = last;
                slotOf[write] = slot;
            }
        }

        return slots;
    }

    private static bool IsPlanned(Value value) => value.IsInArena && value.Kind != ValueKind.Kept;

    // What lasts beyond the program has its memory from before the first operation until after the last.
    private static List<Slot> KeptSlots(IReadOnlyList<Operation> operations, CancellationToken cancellation)
    {
        var slots = new List<Slot>();
        foreach (Value value in operations
            .SelectMany(ValuesOf)
            .Select(value => value.Root)
            .Where(value => value.Kind == ValueKind.Kept)
            .Distinct())
        {
            var slot = new Slot(0, PaddedLength(value)) { End = operations.Count };
            slot.Values.Add(value);
            slot.Starts.Add(0);
            slots.Add(slot);
        }

        return slots;

        IEnumerable<Value> ValuesOf(Operation operation)
        {
            cancellation.Look();
            return operation.Reads.Concat(operation.Writes);
        }
    }

    /// <summary>The floats of a value, or of one sample's, rounded up to whole cache lines.</summary>
    public static int PaddedLength(Value value, bool isNarrow = false)
    {
        int floats = isNarrow ? (value.Shape.Count + 1) / 2 : value.Shape.Count;
        return (floats + Alignment - 1) / Alignment * Alignment;
    }

    private static Dictionary<Value, int> LastUses(
        IReadOnlyList<Operation> operations, IReadOnlyCollection<Value> outputs, CancellationToken cancellation)
    {
        var lastUse = new Dictionary<Value, int>();
        for (int i = 0; i < operations.Count; i++)
        {
            cancellation.Look();
            foreach (Value read in operations[i].Reads)
            {
                lastUse[read.Root] = i;
            }
        }

        foreach (Value output in outputs)
        {
            lastUse[output.Root] = operations.Count;
        }

        return lastUse;
    }

    private sealed class Slot(int start, int size)
    {
        public int Start => start;

        public int Size => size;

        public int End { get; set; }

        public int Offset { get; set; }

        public List<Value> Values { get; } = [];

        /// <summary>The operations that first write each of <see cref="Values"/>.</summary>
        public List<int> Starts { get; } = [];

        /// <summary>The values one after the other: each until the next takes its place.</summary>
        public IEnumerable<Lifetime> Lifetimes => Values.Select((value, number) => new Lifetime(
            value,
            Starts[number],
            number + 1 < Starts.Count ? Math.Max(Starts[number], Starts[number + 1] - 1) : End,
            Offset,
            Size,
            IsFixed));

        public bool IsFixed => Values[0].Kind is ValueKind.Scratch or ValueKind.Kept;
    }
}

/// <summary>The time during which a value has its place in the arena.</summary>
/// <param name="Value">The value.</param>
/// <param name="First">The number of the operation that writes it first.</param>
/// <param name="Last">That of the last that reads it; the number of operations where it is read after them.</param>
/// <param name="Offset">Where it lies, in floats of its part; for one sample, in the part that grows.</param>
/// <param name="Length">How long it is, with what rounds it up to whole cache lines.</param>
/// <param name="IsFixed">Whether it lies in the part of fixed size.</param>
internal sealed record Lifetime(Value Value, int First, int Last, int Offset, int Length, bool IsFixed);
