using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>What is known of the variables at one point of the code. Of a variable that is not listed, nothing is.</summary>
internal sealed class FlowState
{
    private ImmutableDictionary<ISymbol, Known> _variables;
    private ImmutableDictionary<CaptureId, Known> _captures;

    public FlowState()
        : this(
            ImmutableDictionary.Create<ISymbol, Known>(SymbolEqualityComparer.Default, ByReference.Comparer),
            ImmutableDictionary.Create<CaptureId, Known>(null, ByReference.Comparer))
    {
    }

    private FlowState(ImmutableDictionary<ISymbol, Known> variables, ImmutableDictionary<CaptureId, Known> captures)
    {
        _variables = variables;
        _captures = captures;
    }

    public FlowState Clone() => new(_variables, _captures);

    public Known? this[ISymbol variable]
    {
        get => _variables.TryGetValue(variable, out Known? known) ? known : null;
        set => _variables = value is null ? _variables.Remove(variable) : _variables.SetItem(variable, value);
    }

    public Known? this[CaptureId capture]
    {
        get => _captures.TryGetValue(capture, out Known? known) ? known : null;
        set => _captures = value is null ? _captures.Remove(capture) : _captures.SetItem(capture, value);
    }

    /// <summary>Changes what is known of each value that belongs to the model in a variable.</summary>
    public void Update(ISymbol owner, Func<Known, Known> change)
    {
        _variables = Update(_variables, owner, change);
        _captures = Update(_captures, owner, change);
    }

    /// <summary>What holds after either of two ways; null where that is no less than what held after this one alone.</summary>
    public FlowState? JoinedWith(FlowState other)
    {
        ImmutableDictionary<ISymbol, Known> variables = Join(_variables, other._variables, out bool fewer);
        ImmutableDictionary<CaptureId, Known> captures = Join(_captures, other._captures, out bool fewerCaptures);
        return fewer || fewerCaptures ? new FlowState(variables, captures) : null;
    }

    /// <summary>Whether the same is known of the same.</summary>
    public bool HoldsTheSameAs(FlowState other) => Same(_variables, other._variables) && Same(_captures, other._captures);

    private static bool Same<TKey>(ImmutableDictionary<TKey, Known> one, ImmutableDictionary<TKey, Known> other)
        where TKey : notnull =>
        one.Count == other.Count && one.All(entry => other.TryGetValue(entry.Key, out Known? known) && known.Equals(entry.Value));

    // Facts only become fewer, entry by entry, and whether they did is decided by what they say.
    private static ImmutableDictionary<TKey, Known> Join<TKey>(
        ImmutableDictionary<TKey, Known> one, ImmutableDictionary<TKey, Known> other, out bool fewer)
        where TKey : notnull
    {
        fewer = false;
        if (ReferenceEquals(one, other))
        {
            return one;
        }

        ImmutableDictionary<TKey, Known>.Builder? joined = null;
        foreach (KeyValuePair<TKey, Known> entry in one)
        {
            other.TryGetValue(entry.Key, out Known? there);
            Known? both = Known.Join(entry.Value, there);
            if (both is null)
            {
                (joined ??= one.ToBuilder()).Remove(entry.Key);
            }
            else if (!both.Equals(entry.Value))
            {
                (joined ??= one.ToBuilder())[entry.Key] = both;
            }
        }

        fewer = joined is not null;
        return joined?.ToImmutable() ?? one;
    }

    private static ImmutableDictionary<TKey, Known> Update<TKey>(
        ImmutableDictionary<TKey, Known> entries, ISymbol owner, Func<Known, Known> change)
        where TKey : notnull
    {
        ImmutableDictionary<TKey, Known> updated = entries;
        foreach (KeyValuePair<TKey, Known> entry in entries)
        {
            if (SymbolEqualityComparer.Default.Equals(entry.Value.Owner, owner))
            {
                updated = updated.SetItem(entry.Key, change(entry.Value));
            }
        }

        return updated;
    }

    // An equal value from another place replaces the one before it: what is reported names the place.
    private sealed class ByReference : IEqualityComparer<Known>
    {
        public static readonly ByReference Comparer = new();

        public bool Equals(Known? x, Known? y) => ReferenceEquals(x, y);

        public int GetHashCode(Known value) => value.GetHashCode();
    }
}
