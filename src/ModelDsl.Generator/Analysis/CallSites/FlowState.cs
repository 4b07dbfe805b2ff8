using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>What is known of the variables at one point of the code.</summary>
internal sealed class FlowState
{
    private ImmutableDictionary<ISymbol, Known> _variables;
    private ImmutableDictionary<CaptureId, Known> _captures;
    private ImmutableHashSet<ISymbol> _assigned;

    public FlowState()
        : this(
            ImmutableDictionary.Create<ISymbol, Known>(SymbolEqualityComparer.Default),
            ImmutableDictionary<CaptureId, Known>.Empty,
            ImmutableHashSet.Create<ISymbol>(SymbolEqualityComparer.Default))
    {
    }

    private FlowState(
        ImmutableDictionary<ISymbol, Known> variables,
        ImmutableDictionary<CaptureId, Known> captures,
        ImmutableHashSet<ISymbol> assigned)
    {
        _variables = variables;
        _captures = captures;
        _assigned = assigned;
    }

    public FlowState Clone() => new(_variables, _captures, _assigned);

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

    /// <summary>Whether a parameter holds no longer what the caller passed, on any way to here.</summary>
    public bool IsAssigned(IParameterSymbol parameter) => _assigned.Contains(parameter);

    /// <summary>Gives a parameter another value than the caller's.</summary>
    public void Assign(IParameterSymbol parameter, Known? value)
    {
        _assigned = _assigned.Add(parameter);
        this[parameter] = value;
    }

    /// <summary>What holds after either of two ways; null where that is no less than what held after this one alone.</summary>
    public FlowState? JoinedWith(FlowState other)
    {
        ImmutableDictionary<ISymbol, Known> variables = Join(_variables, other._variables);
        ImmutableDictionary<CaptureId, Known> captures = Join(_captures, other._captures);
        ImmutableHashSet<ISymbol> assigned = _assigned.Union(other._assigned);
        bool same = variables == _variables && captures == _captures && assigned == _assigned;
        return same ? null : new FlowState(variables, captures, assigned);
    }

    private static ImmutableDictionary<TKey, Known> Join<TKey>(
        ImmutableDictionary<TKey, Known> one, ImmutableDictionary<TKey, Known> other)
        where TKey : notnull
    {
        ImmutableDictionary<TKey, Known> joined = one;
        foreach (KeyValuePair<TKey, Known> entry in one)
        {
            other.TryGetValue(entry.Key, out Known? there);
            Known? both = Known.Join(entry.Value, there);
            if (both is null)
            {
                joined = joined.Remove(entry.Key);
            }
            else if (!both.Equals(entry.Value))
            {
                joined = joined.SetItem(entry.Key, both);
            }
        }

        return joined;
    }
}
