using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.CodeFixes;

/// <summary>Inserts, removes and moves attributes, and leaves the text around them as it is.</summary>
internal static class AttributeEdits
{
    /// <summary>The attribute that a node belongs to.</summary>
    public static AttributeSyntax? Attribute(SyntaxNode? node) => node?.FirstAncestorOrSelf<AttributeSyntax>();

    /// <summary>Whether an attribute is written with a name, qualified or not.</summary>
    public static bool IsNamed(AttributeSyntax attribute, string name)
    {
        string written = attribute.Name.ToString().Split('.').Last();
        return written == name || written == name + "Attribute";
    }

    /// <summary>Whether an attribute is generic, as those that use blocks are.</summary>
    public static bool HasTypeArguments(AttributeSyntax attribute) =>
        attribute.Name.DescendantNodesAndSelf().Any(node => node is GenericNameSyntax);

    /// <summary>Adds a named argument, <c>Name = value</c>, after those of a list that is not empty.</summary>
    public static AttributeArgumentListSyntax Append(AttributeArgumentListSyntax list, string argument)
    {
        AttributeArgumentSyntax added = SyntaxFactory.ParseAttributeArgumentList($"({argument})")!.Arguments[0];
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxNodeOrTokenList items = list.Arguments.GetWithSeparators().AddRange([comma, added]);
        return list.WithArguments(SyntaxFactory.SeparatedList<AttributeArgumentSyntax>(items));
    }

    /// <summary>An attribute without arguments, named as <paramref name="like"/> qualifies its own name.</summary>
    public static AttributeSyntax Create(string name, AttributeSyntax? like = null)
    {
        NameSyntax simple = SyntaxFactory.IdentifierName(name);
        NameSyntax full = like?.Name switch
        {
            QualifiedNameSyntax qualified => qualified.WithRight((SimpleNameSyntax)simple),
            AliasQualifiedNameSyntax qualified => qualified.WithName((SimpleNameSyntax)simple),
            _ => simple,
        };
        return SyntaxFactory.Attribute(full.WithoutTrivia());
    }

    /// <summary>Inserts an attribute before another one, in the same list.</summary>
    public static SyntaxNode InsertBefore(SyntaxNode root, AttributeSyntax place, AttributeSyntax inserted)
    {
        var list = (AttributeListSyntax)place.Parent!;
        SyntaxNodeOrTokenList items = list.Attributes.GetWithSeparators();
        int at = items.IndexOf(place);
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        items = items
            .Replace(items[at], place.WithoutLeadingTrivia())
            .InsertRange(at, [inserted.WithLeadingTrivia(place.GetLeadingTrivia()), comma]);
        return root.ReplaceNode(list, list.WithAttributes(SyntaxFactory.SeparatedList<AttributeSyntax>(items)));
    }

    /// <summary>Removes an attribute, and its list where it is alone there.</summary>
    public static SyntaxNode Remove(SyntaxNode root, AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count > 1)
        {
            return root.RemoveNode(attribute, SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        // What stands over the first list belongs to the class, comments over another one to the list.
        if (list.Parent is TypeDeclarationSyntax type && type.AttributeLists[0] == list)
        {
            SyntaxTriviaList leading = type.GetLeadingTrivia();
            TypeDeclarationSyntax without = ((TypeDeclarationSyntax)type.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)!).WithLeadingTrivia(leading);
            return root.ReplaceNode(type, without);
        }

        return root.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    /// <summary>
    /// Adds an attribute after all others of a class: in a list of its own where each list has its line, else in the last.
    /// </summary>
    public static SyntaxNode Append(SyntaxNode root, TypeDeclarationSyntax type, AttributeSyntax attribute)
    {
        AttributeListSyntax last = type.AttributeLists.Last();
        if (!HasLines(type))
        {
            SeparatedSyntaxList<AttributeSyntax> attributes = last.Attributes.Add(attribute.WithoutTrivia());
            return root.ReplaceNode(last, last.WithAttributes(Spaced(attributes, attributes.SeparatorCount - 1)));
        }

        AttributeListSyntax added = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute.WithoutTrivia()))
            .WithLeadingTrivia(Indentation(last))
            .WithTrailingTrivia(last.GetTrailingTrivia());
        return root.InsertNodesAfter(last, [added]);
    }

    /// <summary>
    /// Adds an attribute before all others of a class: in a list of its own where each list has its line, else in the first.
    /// </summary>
    public static SyntaxNode Prepend(SyntaxNode root, TypeDeclarationSyntax type, AttributeSyntax attribute)
    {
        AttributeListSyntax first = type.AttributeLists[0];
        if (!HasLines(type))
        {
            return InsertBefore(root, first.Attributes[0], attribute);
        }

        AttributeListSyntax added = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute.WithoutTrivia()))
            .WithLeadingTrivia(first.GetLeadingTrivia())
            .WithTrailingTrivia(first.GetTrailingTrivia());
        return root.ReplaceNode(first, [added, first.WithLeadingTrivia(Indentation(first))]);
    }

    private static bool HasLines(TypeDeclarationSyntax type) =>
        type.AttributeLists.Count > 1
        && type.AttributeLists.All(list => list.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia));

    private static SyntaxTriviaList Indentation(AttributeListSyntax list) =>
        [.. list.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))];

    private static SeparatedSyntaxList<AttributeSyntax> Spaced(SeparatedSyntaxList<AttributeSyntax> attributes, int separator)
    {
        SyntaxToken comma = attributes.GetSeparator(separator);
        return attributes.ReplaceSeparator(comma, comma.WithTrailingTrivia(SyntaxFactory.Space));
    }
}
