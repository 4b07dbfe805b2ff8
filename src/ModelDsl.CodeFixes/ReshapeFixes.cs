using System.Globalization;

namespace ModelDsl.CodeFixes;

/// <summary>Makes an image of one channel of what flows into a layer of images.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertReshapeFix)), Shared]
public sealed class InsertReshapeFix() : SyntaxFix("Insert the [Reshape] that makes an image", Edit, ImageExpected.Id)
{
    private static SyntaxNode Edit(SyntaxNode root, Place place)
    {
        if (place.Attribute is not { } attribute
            || !place.Properties.TryGetValue(Remedy.ReshapeProperty, out string? dimensions))
        {
            return root;
        }

        AttributeArgumentListSyntax arguments = SyntaxFactory.ParseAttributeArgumentList($"({dimensions})")!;
        return AttributeEdits.InsertBefore(
            root, attribute, AttributeEdits.Create("Reshape", attribute).WithArgumentList(arguments));
    }
}

/// <summary>Changes the one dimension of a reshape that the others do not leave open.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectReshapeFix)), Shared]
public sealed class CorrectReshapeFix() : SyntaxFix(Find, ReshapeKeepsElements.Id)
{
    // More dimensions than this are not offered one by one.
    private const int MostDimensions = 8;

    private static IEnumerable<Repair> Find(Diagnostic diagnostic) =>
        Enumerable.Range(0, MostDimensions).Select(dimension =>
            new Repair($"Correct dimension {dimension + 1} of the reshape", (root, place) =>
                Correct(root, place, dimension)));

    private static SyntaxNode Correct(SyntaxNode root, Place place, int dimension)
    {
        if (place.Attribute?.ArgumentList is not { } list
            || !place.Properties.TryGetValue(ReshapeKeepsElements.ElementCount, out string? text)
            || !long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long count)
            || Dimensions(list) is not { } dimensions
            || dimension >= dimensions.Length)
        {
            return root;
        }

        long others = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            others = i == dimension ? others : Math.Min(others * dimensions[i], int.MaxValue);
        }

        // Another dimension that is inferred leaves nothing to correct.
        if (others <= 0 || count % others != 0)
        {
            return root;
        }

        ExpressionSyntax wrong = list.Arguments[dimension].Expression;
        SyntaxToken right = SyntaxFactory.Literal((int)(count / others));
        return root.ReplaceNode(
            wrong, SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, right).WithTriviaFrom(wrong));
    }

    private static int[]? Dimensions(AttributeArgumentListSyntax list)
    {
        var dimensions = new List<int>();
        foreach (AttributeArgumentSyntax argument in list.Arguments)
        {
            if (argument.NameEquals is not null)
            {
                continue;
            }

            switch (argument.Expression)
            {
                case LiteralExpressionSyntax { Token.Value: int value }:
                    dimensions.Add(value);
                    break;
                case PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax { Token.Value: int value } }:
                    dimensions.Add(-value);
                    break;
                default:
                    return null;
            }
        }

        return [.. dimensions];
    }
}
