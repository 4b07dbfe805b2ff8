using System.Globalization;

namespace ModelDsl.CodeFixes;

/// <summary>Makes an identifier of a layer's name: what cannot stand in one becomes an underscore.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeIdentifierFix)), Shared]
public sealed class MakeIdentifierFix() : SyntaxFix("Make the name an identifier", Edit, InvalidLayerName.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place) =>
        place.Target is LiteralExpressionSyntax { Token.Value: string name } literal
        && ToIdentifier(name) is { } identifier
            ? AttributeEdits.ReplaceText(root, literal, identifier)
            : root;

    private static string? ToIdentifier(string name)
    {
        string text = new([.. name.Select(letter => SyntaxFacts.IsIdentifierPartCharacter(letter) ? letter : '_')]);
        if (!text.Any(char.IsLetterOrDigit))
        {
            return null;
        }

        return SyntaxFacts.IsIdentifierStartCharacter(text[0]) ? text : "_" + text;
    }
}

/// <summary>Gives the second of two layers of one name the next number.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NumberNameFix)), Shared]
public sealed class NumberNameFix() : SyntaxFix("Number the name", Edit, DuplicateLayerName.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place)
    {
        if (place.Target is not LiteralExpressionSyntax { Token.Value: string name } literal
            || literal.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            return root;
        }

        string stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var taken = new HashSet<string>(Names(type), StringComparer.OrdinalIgnoreCase);
        int number = 2;
        while (taken.Contains(Numbered(stem, number)))
        {
            number++;
        }

        return AttributeEdits.ReplaceText(root, literal, Numbered(stem, number));
    }

    private static string Numbered(string stem, int number) => stem + number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Names(TypeDeclarationSyntax type) =>
        type.AttributeLists
            .SelectMany(list => list.Attributes)
            .SelectMany(attribute => attribute.ArgumentList?.Arguments ?? default)
            .Where(argument => AttributeEdits.NameOf(argument) == "Name")
            .Select(argument => (argument.Expression as LiteralExpressionSyntax)?.Token.Value as string)
            .OfType<string>();
}

/// <summary>Ties a layer to an earlier one whose weight fits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TieToLayerFix)), Shared]
public sealed class TieToLayerFix() : SyntaxFix(Find, TiedLayerUnknown.Id)
{
    // More layers than this are not offered one by one.
    private const int MostLayers = 8;

    private static IEnumerable<Repair> Find(Diagnostic diagnostic) =>
        Names(diagnostic).Take(MostLayers).Select((name, number) =>
            new Repair($"Tie to '{name}'", (root, place) => Tie(root, place, name))
            {
                // For all at once: the first that fits each, the second, and so on.
                Key = number.ToString(CultureInfo.InvariantCulture),
            });

    private static SyntaxNode Tie(SyntaxNode root, Place place, string name) =>
        place.Target is LiteralExpressionSyntax literal ? AttributeEdits.ReplaceText(root, literal, name) : root;

    private static string[] Names(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(TiedLayerUnknown.Candidates, out string? text) && text is not null && text != "none"
            ? text.Split([", "], StringSplitOptions.None)
            : [];
}
