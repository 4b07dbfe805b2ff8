using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>What is known of memory and shapes where they are made.</summary>
/// <remarks>The last argument evaluates an operand.</remarks>
internal static class Creations
{
    public static Known? Array(IArrayCreationOperation array, IOperation size, Func<IOperation?, Known?> visit)
    {
        Known? count = visit(size);
        var elements = new HashSet<int>();
        foreach (IOperation element in array.Initializer?.ElementValues ?? [])
        {
            AddTo(elements, visit(element));
        }

        return count is { Kind: KnownKind.Number, Count: >= 0 and { } length }
            && array.Type is IArrayTypeSymbol { Rank: 1 }
            ? Known.Memory(length, Origin.Of(array)) with { Elements = Known.Extremes(elements) }
            : null;
    }

    public static Known? StackAllocation(IOperation allocation, Func<IOperation?, Known?> visit)
    {
        Known? first = null;
        bool isFirst = true;
        foreach (IOperation child in allocation.ChildOperations)
        {
            Known? known = visit(child);
            first = isFirst ? known : first;
            isFirst = false;
        }

        int? count = allocation.Syntax switch
        {
            ImplicitStackAllocArrayCreationExpressionSyntax { Initializer.Expressions.Count: var elements } => elements,
            StackAllocArrayCreationExpressionSyntax { Initializer.Expressions.Count: var elements } => elements,
            _ => first?.Kind == KnownKind.Number ? first.Count : null,
        };
        return count is >= 0 and { } length ? Known.Memory(length, Origin.Of(allocation)) : null;
    }

    public static Known? Collection(ICollectionExpressionOperation collection, Func<IOperation?, Known?> visit)
    {
        int? count = 0;
        var elements = new HashSet<int>();
        foreach (IOperation element in collection.Elements)
        {
            if (element is ISpreadOperation spread)
            {
                count += visit(spread.Operand) is { Kind: KnownKind.Memory } memory ? memory.Count : null;
            }
            else
            {
                AddTo(elements, visit(element));
                count++;
            }
        }

        return count is { } length && Memories.IsMemory(collection.Type)
            ? Known.Memory(length, Origin.Of(collection)) with { Elements = Known.Extremes(elements) }
            : null;
    }

    private static void AddTo(HashSet<int> elements, Known? value)
    {
        if (value is { Kind: KnownKind.Number, Count: { } element })
        {
            elements.Add(element);
        }
    }

    public static Known? Shape(IOperation dimensions, Func<IOperation?, Known?> visit)
    {
        IEnumerable<IOperation>? elements = dimensions switch
        {
            IConversionOperation conversion => Elements(conversion.Operand),
            _ => Elements(dimensions),
        };
        if (elements is null)
        {
            return null;
        }

        var extents = new List<int>();
        foreach (IOperation element in elements)
        {
            if (visit(element) is not { Kind: KnownKind.Number, Count: > 0 and { } extent })
            {
                return null;
            }

            extents.Add(extent);
        }

        return Known.Shape(extents.ToEquatableArray());
    }

    private static IEnumerable<IOperation>? Elements(IOperation list) => list switch
    {
        ICollectionExpressionOperation collection when !collection.Elements.Any(element => element is ISpreadOperation) =>
            collection.Elements,
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        _ => null,
    };
}
