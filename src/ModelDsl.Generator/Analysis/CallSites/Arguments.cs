using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>The arguments of a call with what is known of them, in the order of the parameters.</summary>
internal sealed class Arguments
{
    private readonly ImmutableArray<(IArgumentOperation Operation, Known? Value)> _all;

    public Arguments(IEnumerable<(IArgumentOperation Operation, Known? Value)> evaluated) =>
        _all = [.. evaluated.OrderBy(argument => argument.Operation.Parameter?.Ordinal ?? 0)];

    public ImmutableArray<(IArgumentOperation Operation, Known? Value)> All => _all;

    /// <summary>What is known of each.</summary>
    public ImmutableArray<Known?> Values => [.. _all.Select(argument => argument.Value)];

    /// <summary>What is known of the argument for a parameter.</summary>
    public Known? this[string parameter] => Find(parameter).Value;

    /// <summary>The int that is given for a parameter, where it is known.</summary>
    public int? Number(string parameter) => this[parameter] is { Kind: KnownKind.Number } number ? number.Count : null;

    /// <summary>Whether null is given for a parameter, or there is no such parameter.</summary>
    public bool IsNull(string parameter)
    {
        IOperation? value = Find(parameter).Operation?.Value;
        while (value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }

        return value is null or { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation { Type.IsReferenceType: true };
    }

    /// <summary>The place of the argument for a parameter.</summary>
    public Location? Place(string parameter) => Find(parameter).Operation?.Value.Syntax.GetLocation();

    private (IArgumentOperation? Operation, Known? Value) Find(string parameter)
    {
        foreach ((IArgumentOperation Operation, Known? Value) argument in _all)
        {
            if (argument.Operation.Parameter?.Name == parameter)
            {
                return argument;
            }
        }

        return default;
    }
}
