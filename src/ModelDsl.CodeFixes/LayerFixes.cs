namespace ModelDsl.CodeFixes;

/// <summary>Makes a vector of what flows into a layer or loss that takes no other shape.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertFlattenFix)), Shared]
public sealed class InsertFlattenFix()
    : SyntaxFix(
        "Insert [Flatten]",
        InsertedLayer.Edit("Flatten"),
        DenseNeedsVector.Id,
        LossNeedsVector.Id,
        NormalizationNeedsVector.Id);

/// <summary>Makes a sequence of what flows into a layer that works along steps.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertToSequenceFix)), Shared]
public sealed class InsertToSequenceFix()
    : SyntaxFix("Insert [ToSequence]", InsertedLayer.Edit("ToSequence"), LayerNeedsSequence.Id);

/// <summary>A layer that a rule's remedy puts before the one that is reported.</summary>
internal static class InsertedLayer
{
    /// <summary>Inserts the layer where it is the one that helps.</summary>
    /// <param name="layer">Its name.</param>
    public static Edit Edit(string layer) => (root, place) =>
        place.Attribute is { } attribute
        && place.Properties.TryGetValue(Remedy.InsertsProperty, out string? helpful)
        && helpful == layer
            ? AttributeEdits.InsertBefore(root, attribute, AttributeEdits.Create(layer, attribute))
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

/// <summary>Normalises each sample by itself instead of all samples of a batch together.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseGroupNormFix)), Shared]
public sealed class UseGroupNormFix() : SyntaxFix("Use [GroupNorm]", Edit, LayerMixesSamples.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place)
    {
        // In a block, which may be used elsewhere, what is reported is the layer that uses it.
        if (place.Attribute is not { } attribute
            || !AttributeEdits.IsNamed(attribute, "BatchNorm")
            || !place.Properties.TryGetValue(LayerMixesSamples.Groups, out string? groups)
            || !int.TryParse(groups, out _))
        {
            return root;
        }

        // No statistics run along, so there is nothing for a momentum to do.
        SyntaxNode tracked = root.TrackNodes(attribute);
        SyntaxNode kept = AttributeEdits.RemoveArguments(
            tracked, tracked.GetCurrentNode(attribute)!, argument => argument == "Momentum");
        AttributeSyntax current = kept.GetCurrentNode(attribute)!;
        return AttributeEdits.Argument(current, "Momentum") is not null
            ? root
            : kept.ReplaceNode(current, WithGroups(current, groups!));
    }

    private static AttributeSyntax WithGroups(AttributeSyntax attribute, string groups)
    {
        NameSyntax name = AttributeEdits.Create("GroupNorm", attribute).Name;
        AttributeArgumentListSyntax added = SyntaxFactory.ParseAttributeArgumentList($"({groups})")!;
        if (attribute.ArgumentList is not { } list)
        {
            return attribute
                .WithName(name.WithLeadingTrivia(attribute.Name.GetLeadingTrivia()))
                .WithArgumentList(added.WithTrailingTrivia(attribute.Name.GetTrailingTrivia()));
        }

        SyntaxNodeOrTokenList items = list.Arguments.GetWithSeparators();
        items = items.Count == 0
            ? items.Add(added.Arguments[0])
            : items.InsertRange(0, [added.Arguments[0], AttributeEdits.Comma()]);
        return attribute
            .WithName(name.WithTriviaFrom(attribute.Name))
            .WithArgumentList(list.WithArguments(SyntaxFactory.SeparatedList<AttributeArgumentSyntax>(items)));
    }
}
