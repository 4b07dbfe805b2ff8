namespace ModelDsl.CodeFixes;

/// <summary>Moves the input before the first layer, or removes one that repeats it word for word.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveInputFirstFix)), Shared]
public sealed class MoveInputFirstFix() : SyntaxFix("Let the input come first, once", Edit, InputMustComeFirst.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place)
    {
        if (place.Attribute is not { } input
            || AttributeEdits.Attribute(place.Origin) is not { } first
            || input == first)
        {
            return root;
        }

        if (first.IsEquivalentTo(input, topLevel: false))
        {
            return AttributeEdits.Remove(root, input);
        }

        // Of two different inputs only the user knows which one is right. What a directive divides cannot be moved.
        if (AttributeEdits.IsNamed(first, "Input") || TriviaKeeper.HasDirectivesWithin(input))
        {
            return root;
        }

        var firstList = (AttributeListSyntax)first.Parent!;
        if (firstList.Attributes[0] == first
            && AttributeEdits.MoveLine(root, input, firstList, isBefore: true) is { } moved)
        {
            return moved;
        }

        SyntaxNode followed = root.TrackNodes(input, first);
        SyntaxNode inserted = AttributeEdits.InsertBefore(
            followed, followed.GetCurrentNode(first)!, input.WithoutTrivia());
        return AttributeEdits.Remove(inserted, inserted.GetCurrentNode(input)!);
    }
}

/// <summary>Says of an input what the layer behind it takes: tokens, or a sequence.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclareInputFix)), Shared]
public sealed class DeclareInputFix()
    : SyntaxFix(Find, EmbeddingNeedsTokens.Id, LayerNeedsSequence.Id, ImageExpected.Id)
{
    private static IEnumerable<Repair> Find(Diagnostic diagnostic) =>
        diagnostic.Id == EmbeddingNeedsTokens.Id
            ? [new Repair("Declare the input as tokens", ToTokens)]
            : [new Repair("Declare the input as a sequence", ToSequence)];

    // Tokens have one dimension, sequences two: another input would have to be guessed.
    private static SyntaxNode ToTokens(SyntaxNode root, Place place) =>
        Declare(root, place.Origin, dimensions: 1, "Type", "ElementType.Token");

    private static SyntaxNode ToSequence(SyntaxNode root, Place place) =>
        place.Properties.ContainsKey(Remedy.SequenceProperty)
            ? Declare(root, place.Origin, dimensions: 2, "Sequence", "true")
            : root;

    private static SyntaxNode Declare(SyntaxNode root, SyntaxNode? origin, int dimensions, string name, string value)
    {
        if (origin is not AttributeSyntax { ArgumentList: { } list } input
            || !AttributeEdits.IsNamed(input, "Input")
            || list.Arguments.Count != dimensions
            || list.Arguments.Any(argument => argument.NameEquals is not null || argument.NameColon is not null))
        {
            return root;
        }

        string qualifier = value.Contains('.')
            ? AttributeEdits.Create("", input).Name switch
            {
                QualifiedNameSyntax qualified => $"{qualified.Left}.",
                AliasQualifiedNameSyntax alias => $"{alias.Alias}::",
                _ => "",
            }
            : "";
        return AttributeEdits.Append(root, input, $"{name} = {qualifier}{value}");
    }
}
