namespace ModelDsl.CodeFixes;

/// <summary>Makes a vector of what flows into a layer or loss that takes no other shape.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertFlattenFix)), Shared]
public sealed class InsertFlattenFix()
    : SyntaxFix("Insert [Flatten]", Edit, DenseNeedsVector.Id, LossNeedsVector.Id, NormalizationNeedsVector.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place) =>
        place.Attribute is { } attribute && place.Properties.ContainsKey(Remedy.FlattenProperty)
            ? AttributeEdits.InsertBefore(root, attribute, AttributeEdits.Create("Flatten", attribute))
            : root;
}

/// <summary>Puts an activation between two layers that would collapse into one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertReluFix)), Shared]
public sealed class InsertReluFix() : SyntaxFix("Insert [Relu]", Edit, ActivationMissing.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place) =>
        place.Attribute is { } attribute
            ? AttributeEdits.InsertBefore(root, attribute, AttributeEdits.Create("Relu", attribute))
            : root;
}

/// <summary>Removes a layer that does nothing, or harm, where it stands.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveAttributeFix)), Shared]
public sealed class RemoveAttributeFix()
    : SyntaxFix("Remove the layer", Edit, LossAppliesActivation.Id, DropoutBeforeLoss.Id, LogitsAreLimited.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place) =>
        place.Attribute is { } attribute ? AttributeEdits.Remove(root, attribute) : root;
}
