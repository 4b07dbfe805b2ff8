namespace ModelDsl.Generator.Lowering;

/// <summary>Which value of one copy of a block is which of another: one to one, and alike in size and kind.</summary>
internal sealed class Correspondence
{
    private readonly Dictionary<Value, Value> _forward = [];
    private readonly Dictionary<Value, Value> _backward = [];
    private readonly Dictionary<int, int> _layers = [];

    /// <summary>Whether two values may be, and are from now on, the same in both copies.</summary>
    public bool AreSame(Value left, Value right)
    {
        (left, right) = (left.Root, right.Root);
        if (_forward.TryGetValue(left, out Value? known))
        {
            return known == right;
        }

        if (_backward.ContainsKey(right) || left.Kind != right.Kind || left.Shape.Count != right.Shape.Count)
        {
            return false;
        }

        _forward.Add(left, right);
        _backward.Add(right, left);
        return true;
    }

    /// <summary>
    /// Notes that two layers are the same in both copies; false where one of them is another one's already.
    /// </summary>
    public bool AreSame(BoundLayer left, BoundLayer right)
    {
        if (_layers.TryGetValue(left.Ordinal, out int known))
        {
            return known == right.Ordinal;
        }

        _layers.Add(left.Ordinal, right.Ordinal);
        return true;
    }

    /// <summary>The value of the other copy that is one of this copy.</summary>
    public Value Of(Value value) => _forward[value.Root];

    /// <summary>The number of the layer of the other copy that is a layer of this copy.</summary>
    public int Of(BoundLayer layer) => _layers[layer.Ordinal];

    /// <summary>Whether two lists of values are the same, one by one.</summary>
    public bool AreSame(IEnumerable<Value> left, IEnumerable<Value> right)
    {
        using IEnumerator<Value> others = right.GetEnumerator();
        foreach (Value value in left)
        {
            if (!others.MoveNext() || !AreSame(value, others.Current))
            {
                return false;
            }
        }

        return !others.MoveNext();
    }
}
