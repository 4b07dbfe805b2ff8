using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>Tells the members of models, and what comes out of them besides shapes.</summary>
internal static class Models
{
    /// <summary>Whether a call makes a model write its outputs again.</summary>
    public static bool Overwrites(IMethodSymbol method) =>
        (method.Name is "Predict" or "ComputeLoss" or "Forward" || ComputesGradients(method)) && IsOfModel(method);

    /// <summary>Whether a member gives a view of a model's outputs, which its next call overwrites.</summary>
    public static bool GivesView(ISymbol member) => IsOfModel(member) && member switch
    {
        IMethodSymbol { Name: "Predict" or "Forward" } pass => Memories.IsSpanOrMemory(pass.ReturnType),
        IPropertySymbol property =>
            property.Name.EndsWith("Outputs", StringComparison.Ordinal) && Memories.IsSpanOrMemory(property.Type),
        _ => false,
    };

    /// <summary>Whether a call takes a batch with its targets.</summary>
    public static bool TakesTargets(IMethodSymbol method) =>
        (method.Name == "ComputeLoss" || ComputesGradients(method))
        && method.Parameters.Any(parameter => parameter.Name == "targets" && Memories.IsOurs(parameter.Type, "Targets"))
        && IsOfModel(method);

    /// <summary>Whether a call makes a copy that only predicts.</summary>
    public static bool MakesCopy(IMethodSymbol method) =>
        method is { Name: "ForInference", Parameters.IsEmpty: true } && IsOfModel(method);

    /// <summary>Whether a member of a model throws where the model is a copy that only predicts.</summary>
    public static bool NeedsTraining(ISymbol member, ModelContract? contract) => IsOfModel(member) && member switch
    {
        IMethodSymbol method => (TakesTargets(method) && ComputesGradients(method))
            || (method.Name == "Forward" && GivesView(method))
            || method is { Name: "Save", Parameters: [{ Type.SpecialType: SpecialType.System_String }] },
        IPropertySymbol property =>
            property.Name is "Parameters" or "TrainableParameters" or "Gradients" || contract?.Tensors.Contains(property.Name) == true,
        _ => false,
    };

    /// <summary>What is known of a model or trainer that something makes or gives.</summary>
    public static Known? Copy(KnownKind kind, Known? of, Origin? origin = null) =>
        of is { IsCopy: true } ? new Known(kind) { IsCopy = true, Origin = origin ?? of.Origin } : null;

    /// <summary>What is known of targets that are made of memory.</summary>
    public static Known? TargetsOf(Known? labels, Known? values, bool hasLabels, bool hasValues) => new(KnownKind.Targets)
    {
        Labels = !hasLabels ? 0 : labels is { Kind: KnownKind.Memory } ? labels.Count : null,
        Values = !hasValues ? 0 : values is { Kind: KnownKind.Memory } ? values.Count : null,
        Elements = hasLabels && labels is { Kind: KnownKind.Memory } ? labels.Elements : [],
        Origin = (hasLabels ? labels : values)?.Origin,
    };

    /// <summary>What a conversion to targets makes of memory.</summary>
    public static Known? TargetsOf(IConversionOperation conversion, Known? memory)
    {
        ITypeSymbol? element = conversion.OperatorMethod?.Parameters[0].Type switch
        {
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol { TypeArguments: [var argument] } => argument,
            _ => null,
        };
        return element?.SpecialType switch
        {
            SpecialType.System_Int32 => TargetsOf(memory, null, hasLabels: true, hasValues: false),
            SpecialType.System_Single => TargetsOf(null, memory, hasLabels: false, hasValues: true),
            _ => null,
        };
    }

    /// <summary>The number of samples that a call is given, where it is known; false where they do not fit.</summary>
    public static bool TryCount(Arguments arguments, out long? batch)
    {
        batch = null;
        foreach ((IArgumentOperation operation, Known? value) in arguments.All)
        {
            if (operation.Parameter is { } parameter && DeclaredShape.Of(parameter) is { IsBatch: true } declared
                && value is { Kind: KnownKind.Memory })
            {
                if (ShapeCheck.Compare(value, declared, "", Location.None) is not null)
                {
                    return false;
                }

                batch ??= value.Count / declared.Size;
            }
        }

        return true;
    }

    private static bool ComputesGradients(IMethodSymbol method) =>
        method.Name is "ComputeGradients" or "ComputeClippedGradients";

    // Of all models, those that can be trained among them.
    private const string Contract = "IInferenceModel";

    private static bool IsOfModel(ISymbol member) =>
        member.ContainingType is { } type
        && type.AllInterfaces.Prepend(type).Any(implemented => Memories.IsOurs(implemented, Contract));
}
