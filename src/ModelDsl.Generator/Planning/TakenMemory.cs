namespace ModelDsl.Generator.Planning;

/// <summary>
/// Which parts of a memory are taken at which times. A tree over time finds the lowest free part without a look at all that
/// has been placed: each node knows the union of what is taken within its span of time, and of what is taken throughout.
/// </summary>
/// <param name="times">The number of times, from 0.</param>
/// <param name="cancellation">Looked at for each search and each part that is taken.</param>
internal sealed class TakenMemory(int times, CancellationToken cancellation)
{
    private readonly IntervalSet?[] _within = new IntervalSet?[2 * times];
    private readonly IntervalSet?[] _throughout = new IntervalSet?[2 * times];
    private readonly int[] _visits = new int[2 * times];
    private readonly List<int> _nodes = [];
    private int _visit;

    /// <summary>The looks at nodes and intervals so far: what a test counts.</summary>
    public long Steps { get; private set; }

    /// <summary>The lowest offset at which a part is free from one time until another, both included.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public int FirstFit(int first, int last, int length)
    {
        List<IntervalSet> taken = SetsOf(first, last);
        int offset = 0;
        int before;
        do
        {
            cancellation.Look();
            before = offset;
            foreach (IntervalSet set in taken)
            {
                offset = set.FirstFree(offset, length, out int looks);
                Steps += looks;
            }
        }
        while (offset != before);

        return offset;
    }

    /// <summary>Takes a part from one time until another, both included.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Take(int first, int last, int offset, int length)
    {
        cancellation.Look();
        Cover(first, last);
        _visit++;
        foreach (int node in _nodes)
        {
            (_throughout[node] ??= new IntervalSet()).Add(offset, offset + length);
            for (int around = node; around > 0 && _visits[around] != _visit; around /= 2)
            {
                Steps++;
                _visits[around] = _visit;
                (_within[around] ??= new IntervalSet()).Add(offset, offset + length);
            }
        }
    }

    // All that is taken at some time from first to last: within the nodes that make up this time, throughout those around.
    private List<IntervalSet> SetsOf(int first, int last)
    {
        Cover(first, last);
        var sets = new List<IntervalSet>();
        _visit++;
        foreach (int node in _nodes)
        {
            Add(_within[node]);
            for (int around = node / 2; around > 0 && _visits[around] != _visit; around /= 2)
            {
                Steps++;
                _visits[around] = _visit;
                Add(_throughout[around]);
            }
        }

        return sets;

        void Add(IntervalSet? set)
        {
            if (set is not null)
            {
                sets.Add(set);
            }
        }
    }

    // The nodes whose spans together are the time from first to last.
    private void Cover(int first, int last)
    {
        _nodes.Clear();
        for (int low = first + times, high = last + times + 1; low < high; low /= 2, high /= 2)
        {
            Steps++;
            if (low % 2 == 1)
            {
                _nodes.Add(low++);
            }

            if (high % 2 == 1)
            {
                _nodes.Add(--high);
            }
        }
    }

    /// <summary>Numbers from a start to before an end. Intervals that meet are one.</summary>
    private sealed class IntervalSet
    {
        private readonly List<int> _starts = [];
        private readonly List<int> _ends = [];

        public void Add(int start, int end)
        {
            int first = FirstThatEndsFrom(start);
            int after = first;
            while (after < _starts.Count && _starts[after] <= end)
            {
                after++;
            }

            if (after > first)
            {
                start = Math.Min(start, _starts[first]);
                end = Math.Max(end, _ends[after - 1]);
                _starts.RemoveRange(first, after - first);
                _ends.RemoveRange(first, after - first);
            }

            _starts.Insert(first, start);
            _ends.Insert(first, end);
        }

        /// <summary>The lowest start, from an offset on, of a gap of a length.</summary>
        public int FirstFree(int offset, int length, out int looks)
        {
            int first = FirstThatEndsFrom(offset + 1);
            int next = first;
            while (next < _starts.Count && _starts[next] < offset + length)
            {
                offset = _ends[next++];
            }

            looks = next - first + 1;
            return offset;
        }

        private int FirstThatEndsFrom(int number)
        {
            int low = 0;
            int high = _ends.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = _ends[middle] < number ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }
}
