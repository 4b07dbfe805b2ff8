using Microsoft.CodeAnalysis;

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
