using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>Tells the types that hold values one after the other.</summary>
internal static class Memories
{
    /// <summary>Whether a type is an array of one dimension, a span or a memory.</summary>
    public static bool IsMemory(ITypeSymbol? type) => type is IArrayTypeSymbol { Rank: 1 } || IsSpanOrMemory(type);

    /// <summary>Whether a type is a span or a memory, read-only or not.</summary>
    public static bool IsSpanOrMemory(ITypeSymbol? type) =>
        type is INamedTypeSymbol
        {
            Arity: 1,
            Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory",
            ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true },
        };

    /// <summary>Whether a type is the runtime's, by its name.</summary>
    public static bool IsOurs(ITypeSymbol? type, string name) =>
        type?.Name == name && type.ContainingNamespace is { Name: "ModelDsl", ContainingNamespace.IsGlobalNamespace: true };
}

/// <summary>The lengths of parts of memory.</summary>
internal static class Slices
{
    /// <summary>What <c>memory[start..end]</c> is, where the bounds are known.</summary>
    public static Known? Take(Known? memory, Known? start, Known? end, IRangeOperation range)
    {
        int? first = range.LeftOperand is null ? 0 : Bound(range.LeftOperand, start, memory);
        int? last = range.RightOperand is null ? memory?.Count : Bound(range.RightOperand, end, memory);
        return first is { } from && last is { } to ? Part(memory, to - from, range) : null;
    }

    /// <summary>What is left of memory, given with an optional start and an optional length.</summary>
    public static Known? Of(ImmutableArray<Known?> arguments)
    {
        if (arguments.IsEmpty || arguments[0] is not { Kind: KnownKind.Memory } memory)
        {
            // The length alone is known from a slice of anything.
            return arguments is [_, _, { Kind: KnownKind.Number, Count: >= 0 and { } alone }] ? Known.Memory(alone) : null;
        }

        return arguments switch
        {
            [_] => memory,
            [_, { Kind: KnownKind.Number, Count: { } start }] => memory.Count - start is >= 0 and { } rest ? Part(memory, rest) : null,
            [_, _, { Kind: KnownKind.Number, Count: >= 0 and { } length }] => Part(memory, length),
            _ => null,
        };
    }

    private static Known? Part(Known? memory, int length, IRangeOperation range) =>
        length < 0 ? null
        : range is { LeftOperand: null, RightOperand: null } ? memory
        : Part(memory, length) with { Origin = new Origin(range.Syntax.ToString(), range.Syntax.GetLocation()) };

    // A part of a view is a view of the same memory.
    private static Known Part(Known? memory, int length) =>
        Known.Memory(length, memory?.Origin) with
        {
            Owner = memory?.Owner,
            IsStale = memory?.IsStale == true,
            IsDeclared = memory?.IsDeclared == true,
        };

    /// <summary>A position in memory, counted from its start.</summary>
    public static int? Bound(IOperation bound, Known? value, Known? memory)
    {
        // An index that came out of a variable could count from the end: only what is written here is sure.
        IOperation written = bound;
        while (written is IConversionOperation conversion)
        {
            written = conversion.Operand;
        }

        bool fromEnd = written is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat };
        if (fromEnd)
        {
            int? count = written is IUnaryOperation { Operand.ConstantValue: { HasValue: true, Value: int fromLast } } ? fromLast : null;
            return memory?.Count - count;
        }

        if (written.Type?.SpecialType != SpecialType.System_Int32)
        {
            return null;
        }

        return written.ConstantValue is { HasValue: true, Value: int constant }
            ? constant
            : value is { Kind: KnownKind.Number } ? value.Count : null;
    }
}
