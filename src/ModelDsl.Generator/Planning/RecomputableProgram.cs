namespace ModelDsl.Generator.Planning;

/// <summary>
/// A training program, what of its forward pass can be done again, and what it comes to where some of it is. Programs
/// are compared by numbers alone, so that many can be; only those whose memory is planned are made of operations.
/// </summary>
internal sealed class RecomputableProgram
{
    // How many floating-point operations take as long as to move a float: 4 bytes at 20 GB/s, at 100 GFLOP/s.
    private const long OperationsPerFloat = 20;

    private readonly IReadOnlyList<Operation> _operations;
    private readonly CancellationToken _cancellation;
    private readonly int _end;
    private readonly Dictionary<Value, int> _numbers = [];
    private readonly List<Value> _values = [];
    private readonly long[] _sizes;
    private readonly Node[] _nodes;
    private readonly int[] _makers;
    private readonly bool[] _isResult;

    /// <param name="model">The model.</param>
    /// <param name="batch">The samples of a batch.</param>
    /// <param name="precision">How its values will be stored.</param>
    /// <param name="cancellation">Looked at for each operation.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RecomputableProgram(FusedModel model, int batch, Precision precision, CancellationToken cancellation)
    {
        _operations = model.Training;
        _cancellation = cancellation;
        int loss = _operations.ToList().FindIndex(operation => operation is LossOperation);
        (Turn, _end) = model.Turn ?? (loss, loss + 1);
        _nodes = [.. _operations.Looked(cancellation).Select(operation => new Node
        {
            Reads = NumbersOf(operation.Reads),
            Writes = NumbersOf(operation.Writes),
            Whole = CostOf(operation, batch),
        })];
        _sizes = [.. _values.Select(value => SizeOf(value, batch, precision))];
        _isResult = new bool[_values.Count];
        foreach (Value result in model.TrainingResults)
        {
            if (_numbers.TryGetValue(result.Root, out int number))
            {
                _isResult[number] = true;
            }
        }

        _makers = FindMakers();
        for (int number = 0; number < _operations.Count; number++)
        {
            cancellation.Look();
            FindSources(number);
            if (number < Turn && _nodes[number].IsRepeatable)
            {
                FindShortCut(number, batch, precision);
            }
        }

        HashSet<int> late = [.. _nodes.Skip(_end).SelectMany(node => node.Reads)];
        foreach (Node node in _nodes.Take(Turn))
        {
            node.LateSize = node.Writes.Where(late.Contains).Sum(value => _sizes[value]);
            node.ShortCutSize = node.ShortCutWrites.Where(late.Contains).Sum(value => _sizes[value]);
        }
    }

    /// <summary>The number of the operation that begins to compare outputs with targets.</summary>
    public int Turn { get; }

    /// <summary>The operations that programs have been compared by: what a test counts.</summary>
    public long Steps { get; private set; }

    /// <summary>Whether an operation of the forward pass can be done again in one of the ways.</summary>
    public bool Can(int operation, Repetition how) => how switch
    {
        Repetition.None => true,
        Repetition.Whole => _nodes[operation].IsRepeatable,
        _ => _nodes[operation].ShortCut is not null,
    };

    /// <summary>The bytes of an operation that the backward pass reads and that need not be kept.</summary>
    public long SavedBy(int operation, Repetition how) => how switch
    {
        Repetition.None => 0,
        Repetition.Whole => _nodes[operation].LateSize,
        _ => _nodes[operation].ShortCutSize,
    };

    /// <summary>What doing an operation again costs, in floating-point operations and moved floats.</summary>
    public long CostOf(int operation, Repetition how) => how switch
    {
        Repetition.None => 0,
        Repetition.Whole => _nodes[operation].Whole,
        _ => _nodes[operation].ShortCutCost,
    };

    /// <summary>
    /// The bytes that are written before an operation and read by it or one after it, up to the loss: what a forward
    /// pass that is done again from there begins with.
    /// </summary>
    public (long[] Bytes, Func<int, int, bool> Crosses) Crossings()
    {
        int[] last = new int[_values.Count];
        int[] first = new int[_values.Count];
        for (int value = 0; value < first.Length; value++)
        {
            first[value] = -1;
        }

        for (int number = 0; number < _end; number++)
        {
            foreach (int read in _nodes[number].Reads)
            {
                last[read] = number;
            }

            foreach (int write in _nodes[number].Writes.Where(write => first[write] < 0))
            {
                first[write] = number;
            }
        }

        long[] changes = new long[_end + 1];
        for (int value = 0; value < first.Length; value++)
        {
            if (first[value] >= 0 && last[value] > first[value])
            {
                changes[first[value] + 1] += _sizes[value];
                changes[last[value] + 1] -= _sizes[value];
            }
        }

        for (int number = 1; number < changes.Length; number++)
        {
            changes[number] += changes[number - 1];
        }

        return (changes, (operation, at) =>
            operation < at && _nodes[operation].Writes.Any(value => first[value] == operation && last[value] >= at));
    }

    /// <summary>The most bytes that are in use at once, and what is done again costs.</summary>
    /// <param name="choice">How each operation of the forward pass is done again.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public (long Peak, long Cost) Measure(Repetition[] choice)
    {
        _cancellation.Look();
        bool[] isGivenUp = GivenUp(choice);
        List<Turned> order = OrderOf(choice, isGivenUp);
        Steps += order.Count;
        int[] last = LastUses(order, isGivenUp);
        bool[] begun = new bool[last.Length];
        long[] freed = new long[order.Count + 1];
        long now = 0, peak = 0, cost = 0;
        for (int at = 0; at < order.Count; at++)
        {
            Turned turned = order[at];
            Node node = _nodes[turned.Operation];
            int[] writes = node.WritesOf(turned.How);
            int[] sources = turned.How == Repetition.ShortCut ? node.ShortCutReads : node.Sources;
            long inPlace = 0;
            for (int i = 0; i < writes.Length; i++)
            {
                int write = Written(turned, writes[i]);
                if (begun[write] || (last[write] == at && node.IsOptional(writes[i], turned.How)))
                {
                    continue;
                }

                begun[write] = true;
                now += _sizes[writes[i]];
                freed[last[write]] += _sizes[writes[i]];
                if (sources[i] >= 0 && last[Read(turned, sources[i], isGivenUp)] == at)
                {
                    inPlace += _sizes[sources[i]];
                }
            }

            cost += turned.How == Repetition.None ? 0 : CostOf(turned.Operation, turned.How);
            peak = Math.Max(peak, now - inPlace);
            now -= freed[at];
        }

        return (peak, cost);
    }

    /// <summary>
    /// The program in which the backward pass does some operations again, each before it is first needed.
    /// </summary>
    /// <param name="choice">How each operation of the forward pass is done again.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<Operation> Build(Repetition[] choice)
    {
        bool[] isGivenUp = GivenUp(choice);
        List<Turned> order = OrderOf(choice, isGivenUp);
        int[] last = LastUses(order, isGivenUp);
        var program = new List<Operation>();
        var again = new Dictionary<Value, Value>();
        for (int at = 0; at < order.Count; at++)
        {
            _cancellation.Look();
            Turned turned = order[at];
            Operation operation = _operations[turned.Operation];
            if (turned.How != Repetition.None)
            {
                Operation repeated = turned.How == Repetition.Whole ? operation : _nodes[turned.Operation].ShortCut!;
                foreach (Value write in repeated.Writes.Select(written => written.Root).Distinct())
                {
                    again.Add(write, new Value(write.Id.With("Again"), write.Shape, write.Kind)
                    {
                        MayBeRounded = write.MayBeRounded,
                        Original = write,
                    });
                }

                program.Add(new RecomputedOperation(repeated, again, isRecomputed: true));
            }
            else if (turned.IsLate && operation.Reads.Any(read => again.ContainsKey(read.Root)))
            {
                program.Add(new RecomputedOperation(operation, again, isRecomputed: false));
            }
            else
            {
                program.Add(WithoutUnread(operation, _nodes[turned.Operation], last, at));
            }
        }

        return program;
    }

    // What is computed again for all that read it need not be stored on the way.
    private Operation WithoutUnread(Operation operation, Node node, int[] last, int at)
    {
        HashSet<Value> unread =
            [.. node.OnTheWay.Where(value => last[value] == at).Select(value => _values[value])];
        return unread.Count > 0 ? ((FusedOperation)operation).Without(unread) : operation;
    }

    // All operations, and those that are done again before the first that reads what they write.
    private List<Turned> OrderOf(Repetition[] choice, bool[] isGivenUp)
    {
        var order = new List<Turned>(_operations.Count);
        bool[] isDone = new bool[Turn];
        var waiting = new Stack<int>();
        for (int number = 0; number < _operations.Count; number++)
        {
            if (number >= _end)
            {
                Repeat(_nodes[number].Reads);
            }

            order.Add(new Turned(number, Repetition.None, number >= _end));
        }

        return order;

        // What an operation needs first, without recursion: a chain may be as long as the model.
        void Repeat(int[] reads)
        {
            PushMissing(reads);
            while (waiting.Count > 0)
            {
                int next = waiting.Peek();
                if (isDone[next])
                {
                    waiting.Pop();
                    continue;
                }

                int before = waiting.Count;
                PushMissing(_nodes[next].ReadsOf(choice[next]));
                if (waiting.Count == before)
                {
                    waiting.Pop();
                    isDone[next] = true;
                    order.Add(new Turned(next, choice[next], IsLate: true));
                }
            }
        }

        void PushMissing(int[] reads)
        {
            for (int i = reads.Length - 1; i >= 0; i--)
            {
                if (isGivenUp[reads[i]] && !isDone[_makers[reads[i]]])
                {
                    waiting.Push(_makers[reads[i]]);
                }
            }
        }
    }

    // When each value is last in use; what is computed again stands behind all others.
    private int[] LastUses(List<Turned> order, bool[] isGivenUp)
    {
        int[] last = new int[2 * _values.Count];
        for (int at = 0; at < order.Count; at++)
        {
            Turned turned = order[at];
            foreach (int value in _nodes[turned.Operation].ReadsOf(turned.How))
            {
                last[Read(turned, value, isGivenUp)] = at;
            }

            foreach (int value in _nodes[turned.Operation].WritesOf(turned.How))
            {
                last[Written(turned, value)] = at;
            }
        }

        for (int value = 0; value < _isResult.Length; value++)
        {
            last[value] = _isResult[value] ? order.Count : last[value];
        }

        return last;
    }

    private int Read(Turned turned, int value, bool[] isGivenUp) =>
        turned.IsLate && isGivenUp[value] ? value + _values.Count : value;

    private int Written(Turned turned, int value) =>
        turned.How == Repetition.None ? value : value + _values.Count;

    private bool[] GivenUp(Repetition[] choice)
    {
        bool[] isGivenUp = new bool[_values.Count];
        for (int number = 0; number < choice.Length; number++)
        {
            if (choice[number] != Repetition.None)
            {
                foreach (int value in _nodes[number].WritesOf(choice[number]))
                {
                    isGivenUp[value] = true;
                }
            }
        }

        return isGivenUp;
    }

    // What several operations write in parts, or is read after the program, is not done again, nor what does more.
    private int[] FindMakers()
    {
        int[] makers = new int[_values.Count];
        int[] writers = new int[_values.Count];
        for (int number = 0; number < _operations.Count; number++)
        {
            foreach (int write in _nodes[number].Writes)
            {
                writers[write]++;
                makers[write] = number;
            }
        }

        for (int number = 0; number < _operations.Count; number++)
        {
            _cancellation.Look();
            Operation operation = _operations[number];
            _nodes[number].IsRepeatable = number < Turn
                && operation.IsRepeatable
                && !operation.AddsPenalty
                && operation.Writes.All(value => value.Root.Kind is ValueKind.Activation or ValueKind.Scratch)
                && _nodes[number].Writes.All(write => writers[write] == 1 && !_isResult[write]);
        }

        for (int value = 0; value < makers.Length; value++)
        {
            makers[value] = writers[value] == 1 && _nodes[makers[value]].IsRepeatable ? makers[value] : -1;
        }

        return makers;
    }

    // What each value that an operation writes may lie in the place of.
    private void FindSources(int number)
    {
        Operation operation = _operations[number];
        _nodes[number].Sources =
        [
            .. _nodes[number].Writes.Select(write =>
                operation.InPlaceSource(_values[write])?.Root is { } source
                && source.Kind != ValueKind.Scratch
                && source.Shape.Count == _values[write].Shape.Count
                && _numbers.TryGetValue(source, out int found)
                && operation.Reads.Count(read => read.Root == source) == 1
                    ? found
                    : -1),
        ];
    }

    // The stages after the last value that is stored on the way. One that is rounded to 16 bits would give other bits
    // than the floats that it was made of.
    private void FindShortCut(int number, int batch, Precision precision)
    {
        if (precision == Precision.Float32 && _operations[number] is FusedOperation { FromKept: { } rest } operation)
        {
            _nodes[number].OnTheWay = NumbersOf(operation.Kept);
            _nodes[number].ShortCut = rest;
            _nodes[number].ShortCutReads = NumbersOf(rest.Reads);
            _nodes[number].ShortCutWrites = NumbersOf(rest.Writes);
            _nodes[number].ShortCutCost = CostOf(rest, batch);
        }
    }

    private int[] NumbersOf(IEnumerable<Value> values) =>
        [.. values.Select(value => value.Root).Where(value => value.IsInArena).Distinct().Select(NumberOf)];

    private int NumberOf(Value value)
    {
        if (!_numbers.TryGetValue(value, out int number))
        {
            _numbers.Add(value, number = _values.Count);
            _values.Add(value);
        }

        return number;
    }

    private static long CostOf(Operation operation, int batch) =>
        operation.Work.For(batch) + (OperationsPerFloat * operation.Values
            .Select(value => value.Root)
            .Distinct()
            .Sum(value => Work.Elements(value).For(batch)));

    private static long SizeOf(Value value, int batch, Precision precision)
    {
        bool isNarrow = precision != Precision.Float32 && MixedPrecision.IsRounded(value);
        return sizeof(float) * (value.IsPerSample ? batch : 1L) * MemoryPlan.PaddedLength(value, isNarrow);
    }

    /// <summary>An operation in the order of a program.</summary>
    /// <param name="Operation">Its number.</param>
    /// <param name="How">How it is done again; none where it is not.</param>
    /// <param name="IsLate">Whether it runs after the loss.</param>
    private readonly record struct Turned(int Operation, Repetition How, bool IsLate);

    /// <summary>An operation by numbers.</summary>
    private sealed class Node
    {
        public int[] Reads { get; init; } = [];

        public int[] Writes { get; init; } = [];

        /// <summary>Those of <see cref="Writes"/> that are stored on the way, only for what reads them.</summary>
        public int[] OnTheWay { get; set; } = [];

        /// <summary>The value in whose place each of <see cref="Writes"/> may lie; -1 where there is none.</summary>
        public int[] Sources { get; set; } = [];

        public bool IsRepeatable { get; set; }

        /// <summary>The cost of all of it.</summary>
        public long Whole { get; init; }

        public long LateSize { get; set; }

        /// <summary>What makes the last of its values from one before; null where that is not kept.</summary>
        public Operation? ShortCut { get; set; }

        public int[] ShortCutReads { get; set; } = [];

        public int[] ShortCutWrites { get; set; } = [];

        public long ShortCutCost { get; set; }

        public long ShortCutSize { get; set; }

        public int[] ReadsOf(Repetition how) => how == Repetition.ShortCut ? ShortCutReads : Reads;

        public int[] WritesOf(Repetition how) => how == Repetition.ShortCut ? ShortCutWrites : Writes;

        public bool IsOptional(int write, Repetition how) =>
            how == Repetition.None && Array.IndexOf(OnTheWay, write) >= 0;
    }
}

/// <summary>What of an operation of the forward pass the backward pass does again.</summary>
internal enum Repetition
{
    /// <summary>Nothing: what it makes is kept.</summary>
    None,

    /// <summary>The stages after the last value that is kept on the way.</summary>
    ShortCut,

    /// <summary>All.</summary>
    Whole,
}
