using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Gives the second of two layers of one name the next number.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NumberNameFix)), Shared]
public sealed class NumberNameFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [DuplicateLayerName.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SyntaxRepair.FixAll(Repair);

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SyntaxRepair.OfferAsync(context, "Number the name", Repair);

    private static SyntaxNode Repair(
        SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties)
    {
        if (target is not LiteralExpressionSyntax { Token.Value: string name } literal
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

        return root.ReplaceNode(
            literal,
            SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(Numbered(stem, number)))
                .WithTriviaFrom(literal));
    }

    private static string Numbered(string stem, int number) => stem + number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Names(TypeDeclarationSyntax type) =>
        type.AttributeLists
            .SelectMany(list => list.Attributes)
            .SelectMany(attribute => attribute.ArgumentList?.Arguments ?? default)
            .Where(argument => argument.NameEquals?.Name.Identifier.ValueText == "Name")
            .Select(argument => (argument.Expression as LiteralExpressionSyntax)?.Token.Value as string)
            .OfType<string>();
}
