using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.CodeFixes;

/// <summary>Inserts, removes and moves attributes, and leaves the text around them as it is.</summary>
internal static class AttributeEdits
{
    /// <summary>The attribute that a node belongs to.</summary>
    public static AttributeSyntax? Attribute(SyntaxNode? node) => node?.FirstAncestorOrSelf<AttributeSyntax>();

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
        int index = list.Attributes.IndexOf(place);
        SeparatedSyntaxList<AttributeSyntax> attributes = list.Attributes.Insert(index, inserted.WithLeadingTrivia(place.GetLeadingTrivia()));
        attributes = attributes.Replace(attributes[index + 1], attributes[index + 1].WithoutLeadingTrivia());
        SyntaxToken comma = attributes.GetSeparator(index);
        attributes = attributes.ReplaceSeparator(comma, comma.WithTrailingTrivia(SyntaxFactory.Space));
        return root.ReplaceNode(list, list.WithAttributes(attributes));
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

    /// <summary>Adds an attribute after all others of a class, in a list of its own.</summary>
    public static SyntaxNode Append(SyntaxNode root, TypeDeclarationSyntax type, AttributeSyntax attribute)
    {
        if (type.AttributeLists.Count == 0)
        {
            return root;
        }

        AttributeListSyntax last = type.AttributeLists.Last();
        bool ownLine = last.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        SyntaxTriviaList leading = type.AttributeLists.Count > 1
            ? last.GetLeadingTrivia()
            : [.. last.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))];
        AttributeListSyntax added = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute.WithoutTrivia()))
            .WithLeadingTrivia(ownLine ? leading : default)
            .WithTrailingTrivia(last.GetTrailingTrivia());
        return root.InsertNodesAfter(last, [added]);
    }

    /// <summary>Adds an attribute before all others of a class, in a list of its own.</summary>
    public static SyntaxNode Prepend(SyntaxNode root, TypeDeclarationSyntax type, AttributeSyntax attribute)
    {
        AttributeListSyntax first = type.AttributeLists[0];
        SyntaxTriviaList indentation = [.. first.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))];
        bool ownLine = first.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        AttributeListSyntax added = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute.WithoutTrivia()))
            .WithLeadingTrivia(first.GetLeadingTrivia())
            .WithTrailingTrivia(ownLine ? EndOfLine(type) : SyntaxFactory.Space);
        AttributeListSyntax moved = first.WithLeadingTrivia(ownLine ? indentation : default);
        return root.ReplaceNode(first, [added, moved]);
    }

    /// <summary>The line ending that a class uses.</summary>
    public static SyntaxTrivia EndOfLine(SyntaxNode node)
    {
        SyntaxTrivia found = node.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return found.IsKind(SyntaxKind.EndOfLineTrivia) ? found : SyntaxFactory.ElasticLineFeed;
    }
}
