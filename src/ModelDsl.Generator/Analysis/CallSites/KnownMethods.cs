using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>The methods of .NET and of the runtime that keep or state a shape.</summary>
internal static class KnownMethods
{
    public static Known? Evaluate(
        IInvocationOperation invocation, Known? instance, Arguments arguments, Origin origin)
    {
        IMethodSymbol method = invocation.TargetMethod;
        INamedTypeSymbol? type = method.ContainingType;
        if (Memories.IsOurs(type, "Dataset"))
        {
            return Datasets.Evaluate(method, instance, arguments, origin);
        }

        if (Memories.IsOurs(type, "DataSplits"))
        {
            return Datasets.EvaluatePart(method, arguments);
        }

        if (Models.MakesCopy(method))
        {
            return new Known(KnownKind.Model) { IsCopy = true, Origin = origin };
        }

        if (Memories.IsSpanOrMemory(type))
        {
            return method.Name switch
            {
                "Slice" => Slices.Of(arguments.Values.Insert(0, instance)),
                "ToArray" => CopyOf(instance),
                _ => null,
            };
        }

        return (type?.ToDisplayString(), method.Name) switch
        {
            ("System.MemoryExtensions", "AsSpan" or "AsMemory") when invocation.Arguments.Where(argument => argument.Parameter?.Ordinal > 0).All(IsInt) =>
                Slices.Of(arguments.Values),
            ("System.GC", "AllocateUninitializedArray" or "AllocateArray") or ("System.Linq.Enumerable", "Range" or "Repeat") =>
                CountArgument(arguments) is { } count ? Known.Memory(count, origin) : null,
            ("System.Array", "Empty") => Known.Memory(0, origin),
            ("System.Linq.Enumerable", "ToArray") when !arguments.All.IsEmpty => CopyOf(arguments.All[0].Value),
            _ => null,
        };
    }

    /// <summary>Notes slices that lie outside of what is sliced, and copies into memory that is too short.</summary>
    public static void Check(IInvocationOperation invocation, Known? instance, Arguments arguments, Findings findings)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (method.Name == "Slice" && Memories.IsSpanOrMemory(method.ContainingType))
        {
            IndexCheck.Slice(invocation, instance, arguments.Number("start"), arguments.Number("length"), findings);
        }
        else if (method.Name is "AsSpan" or "AsMemory" && method.ContainingType?.ToDisplayString() == "System.MemoryExtensions"
            && !arguments.All.IsEmpty)
        {
            IndexCheck.Slice(invocation, arguments.All[0].Value, arguments.Number("start"), arguments.Number("length"), findings);
        }
        else if (method.Name == "CopyTo" && arguments.Place("destination") is { } destination
            && (Memories.IsSpanOrMemory(method.ContainingType)
                || method.ContainingType?.ToDisplayString() == "System.MemoryExtensions"))
        {
            Known? source = invocation.Instance is null ? arguments["source"] : instance;
            findings.Add(ShapeCheck.Copy(source, arguments["destination"], method.Name, destination));
        }
    }

    private static bool IsInt(IArgumentOperation argument) => argument.Value.Type?.SpecialType == SpecialType.System_Int32;

    // What is copied belongs to nobody else.
    private static Known? CopyOf(Known? memory) => memory is null ? null : memory with { Owner = null, IsStale = false };

    private static int? CountArgument(Arguments arguments) =>
        (arguments.Number("length") ?? arguments.Number("count")) is >= 0 and { } count ? count : null;
}
