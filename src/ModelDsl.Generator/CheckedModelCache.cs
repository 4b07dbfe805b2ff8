namespace ModelDsl.Generator;

/// <summary>
/// The models that were checked last. Analyzers cannot see what a generator has worked out, and each of them is asked
/// for itself; what they share is the declaration. Nothing is wrong where a model is missing: it is checked anew.
/// </summary>
internal sealed class CheckedModelCache
{
    /// <summary>As many models as somebody works on at a time; what is kept of each may be some megabytes.</summary>
    public const int Capacity = 64;

    private readonly LinkedList<Entry> _entries = new();

    /// <summary>The model of a declaration.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public CheckedModel Get(ModelDeclaration declaration, CancellationToken cancellation)
    {
        Entry entry = Find(declaration);

        // Who asks while another one works waits for the result, and works itself where the other was cancelled.
        lock (entry)
        {
            return entry.Model ??= ModelCompiler.CheckAnew(declaration, cancellation);
        }
    }

    private Entry Find(ModelDeclaration declaration)
    {
        lock (_entries)
        {
            for (LinkedListNode<Entry>? node = _entries.First; node is not null; node = node.Next)
            {
                if (node.Value.Declaration.Equals(declaration))
                {
                    _entries.Remove(node);
                    _entries.AddFirst(node);
                    return node.Value;
                }
            }

            var entry = new Entry(declaration);
            _entries.AddFirst(entry);
            if (_entries.Count > Capacity)
            {
                _entries.RemoveLast();
            }

            return entry;
        }
    }

    private sealed class Entry(ModelDeclaration declaration)
    {
        public ModelDeclaration Declaration => declaration;

        public CheckedModel? Model { get; set; }
    }
}
