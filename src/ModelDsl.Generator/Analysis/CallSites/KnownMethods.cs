using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>The methods of .NET and of the runtime that keep or state a shape.</summary>
internal static class KnownMethods
{
    public static Known? Evaluate(
        IInvocationOperation invocation, Known? instance, ImmutableArray<Known?> arguments, Origin origin)
    {
        IMethodSymbol method = invocation.TargetMethod;
        INamedTypeSymbol? type = method.ContainingType;
        if (Memories.IsOurs(type, "Dataset"))
        {
            return method.Name switch
            {
                "FromLabels" or "FromValues" when !arguments.IsEmpty && arguments[0] is { Kind: KnownKind.Shape } shape =>
                    Known.Dataset(shape.Dimensions, origin),
                "Subset" or "WithClassNames" or "Split" => instance,
                _ => null,
            };
        }

        if (Memories.IsSpanOrMemory(type))
        {
            return method.Name switch
            {
                "Slice" => Slices.Of(arguments.Insert(0, instance)),
                "ToArray" => instance,
                _ => null,
            };
        }

        return (type?.ToDisplayString(), method.Name) switch
        {
            ("System.MemoryExtensions", "AsSpan" or "AsMemory") when invocation.Arguments.Skip(1).All(IsInt) => Slices.Of(arguments),
            ("System.GC", "AllocateUninitializedArray" or "AllocateArray") or ("System.Linq.Enumerable", "Range" or "Repeat") =>
                CountArgument(invocation, arguments) is { } count ? Known.Memory(count, origin) : null,
            ("System.Array", "Empty") => Known.Memory(0, origin),
            ("System.Linq.Enumerable", "ToArray") => arguments[0],
            _ => null,
        };
    }

    private static bool IsInt(IArgumentOperation argument) => argument.Value.Type?.SpecialType == SpecialType.System_Int32;

    private static int? CountArgument(IInvocationOperation invocation, ImmutableArray<Known?> arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (invocation.Arguments[i].Parameter?.Name is "length" or "count")
            {
                return arguments[i] is { Kind: KnownKind.Number, Count: >= 0 } known ? known.Count : null;
            }
        }

        return null;
    }
}
