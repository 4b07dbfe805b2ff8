using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>What a [Shape] attribute says.</summary>
/// <param name="Dimensions">The extents.</param>
/// <param name="IsBatch">Whether there may be several, one after the other.</param>
internal sealed record DeclaredShape(EquatableArray<int> Dimensions, bool IsBatch)
{
    private const string AttributeName = nameof(ShapeAttribute);

    public long Size => Known.SizeOf(Dimensions);

    /// <summary>The shape that a parameter, field or property is declared with.</summary>
    public static DeclaredShape? Of(ISymbol symbol) => Find(symbol.OriginalDefinition.GetAttributes());

    /// <summary>The shape that a method's result is declared with.</summary>
    public static DeclaredShape? OfResult(IMethodSymbol method) => Find(method.OriginalDefinition.GetReturnTypeAttributes());

    /// <summary>What is known of a value that was declared so.</summary>
    public Known ToKnown(Origin? origin = null) =>
        IsBatch ? Known.Samples(Dimensions, null, origin) : Known.Memory((int)Size, origin) with { IsDeclared = true };

    private static DeclaredShape? Find(IEnumerable<AttributeData> attributes)
    {
        foreach (AttributeData attribute in attributes)
        {
            if (attribute.AttributeClass is { Name: AttributeName, ContainingNamespace: { Name: "ModelDsl", ContainingNamespace.IsGlobalNamespace: true } }
                && attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Array, IsNull: false } dimensions])
            {
                int[] extents = [.. dimensions.Values.Select(value => value.Value as int? ?? 0)];
                bool batch = attribute.NamedArguments.Any(argument =>
                    argument is { Key: nameof(ShapeAttribute.Batch), Value.Value: true });
                bool sound = extents.Length > 0 && extents.All(extent => extent > 0) && Known.SizeOf(extents.ToEquatableArray()) < int.MaxValue;
                return sound ? new DeclaredShape(extents.ToEquatableArray(), batch) : null;
            }
        }

        return null;
    }
}

/// <summary>The results of methods that map samples to samples, such as a model's Predict.</summary>
internal static class Results
{
    /// <summary>As many samples as went in, where that is known.</summary>
    public static Known Of(DeclaredShape result, Arguments arguments, Origin origin)
    {
        int? count = null;
        int batches = 0;
        foreach ((IArgumentOperation operation, Known? value) in arguments.All)
        {
            if (operation.Parameter is { } parameter && DeclaredShape.Of(parameter) is { IsBatch: true } declared)
            {
                batches++;
                long? values = value is { Kind: KnownKind.Memory } memory && memory.Count % declared.Size == 0
                    ? memory.Count / declared.Size * result.Size
                    : null;
                count = values is > 0 and <= int.MaxValue and { } known ? (int)known : null;
            }
        }

        return Known.Samples(result.Dimensions, batches == 1 ? count : null, origin);
    }
}
