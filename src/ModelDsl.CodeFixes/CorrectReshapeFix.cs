using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Changes the one dimension of a reshape that the others do not leave open.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectReshapeFix)), Shared]
public sealed class CorrectReshapeFix : CodeFixProvider
{
    // More dimensions than this are not offered one by one.
    private const int MostDimensions = 8;

    /// <summary>Where the number of elements stands among the arguments of the rule's message.</summary>
    private const string ElementCount = "3";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [ReshapeKeepsElements.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() =>
        SyntaxRepair.FixAll(key => RepairOf(int.Parse(key!, CultureInfo.InvariantCulture)));

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        for (int i = 0; i < MostDimensions; i++)
        {
            string number = i.ToString(CultureInfo.InvariantCulture);
            await SyntaxRepair.OfferAsync(
                context, $"Correct dimension {i + 1} of the reshape", RepairOf(i), number).ConfigureAwait(false);
        }
    }

    private static Repair RepairOf(int dimension) => (root, target, _, properties) =>
    {
        if (AttributeEdits.Attribute(target)?.ArgumentList is not { } list
            || !properties.TryGetValue(ElementCount, out string? text)
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
        return others > 0 && count % others == 0
            ? root.ReplaceNode(
                list.Arguments[dimension].Expression,
                SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal((int)(count / others)))
                    .WithTriviaFrom(list.Arguments[dimension].Expression))
            : root;
    };

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
