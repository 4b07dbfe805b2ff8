using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Generator.Projects;

/// <summary>
/// The outline of a file: what the declarations of other files can depend on. It is all of the text's tokens except
/// those of bodies, of values of variables and properties, of statements at top level, and of attributes of types.
/// Constants and members of enums are in it with their values. What is left out matters to those only who depend on
/// the type that it is in (<see cref="DeclaringTypes"/>).
/// </summary>
internal static class Outline
{
    /// <summary>
    /// Compares two versions of a file: false where their outlines differ. Else the names of the types in which
    /// anything else differs, comments included, are added to those of other files.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool IsSame(
        SyntaxTree before, SyntaxTree after, ISet<string> touched, CancellationToken cancellation) =>
        before.FilePath == after.FilePath
        && before.Options.Equals(after.Options)
        && IsSame(before.GetRoot(cancellation), after.GetRoot(cancellation), touched, cancellation);

    // Without recursion: a value may be nested as deeply as its author likes.
    private static bool IsSame(
        SyntaxNode rootBefore, SyntaxNode rootAfter, ISet<string> touched, CancellationToken cancellation)
    {
        var pairs = new Stack<(SyntaxNode Before, SyntaxNode After)>();
        pairs.Push((rootBefore, rootAfter));
        while (pairs.Count > 0)
        {
            cancellation.Look();
            (SyntaxNode before, SyntaxNode after) = pairs.Pop();
            if (before.IsIncrementallyIdenticalTo(after))
            {
                continue;
            }

            if (before.RawKind != after.RawKind
                || IsBroken(before)
                || IsBroken(after)
                || !HasSameParts(before, after, pairs))
            {
                return false;
            }

            if (before is TypeDeclarationSyntax type && !Own(type).SequenceEqual(Own(after), PartComparer.Instance))
            {
                touched.Add(type.Identifier.ValueText);
            }
        }

        return true;
    }

    // What a type says itself; types within it speak for themselves.
    private static IEnumerable<SyntaxNodeOrToken> Own(SyntaxNode type) =>
        type.ChildNodesAndTokens().Where(part => !(part.IsNode && part.AsNode() is TypeDeclarationSyntax));

    // Compares tokens, and pushes what has parts of its own.
    private static bool HasSameParts(
        SyntaxNode before, SyntaxNode after, Stack<(SyntaxNode Before, SyntaxNode After)> pairs)
    {
        using IEnumerator<SyntaxNodeOrToken> others = Parts(after).GetEnumerator();
        foreach (SyntaxNodeOrToken part in Parts(before))
        {
            if (!others.MoveNext() || part.RawKind != others.Current.RawKind)
            {
                return false;
            }

            if (part.AsNode() is { } node)
            {
                if (!IsInside(node))
                {
                    pairs.Push((node, others.Current.AsNode()!));
                }
            }
            else if (part.AsToken() is var token && others.Current.AsToken() is var other
                && (token.Text != other.Text || token.ContainsDiagnostics || other.ContainsDiagnostics))
            {
                return false;
            }
        }

        return !others.MoveNext();
    }

    // What has a syntax error may mean something else than the same tokens without one. Errors inside of bodies do not
    // count.
    private static bool IsBroken(SyntaxNode node) =>
        node.ContainsDiagnostics
        && !(MayHaveBody(node) && node.ChildNodesAndTokens().Any(part => part.ContainsDiagnostics));

    private static bool MayHaveBody(SyntaxNode node) => node is CompilationUnitSyntax or MemberDeclarationSyntax
        or AccessorListSyntax or AccessorDeclarationSyntax or VariableDeclarationSyntax or VariableDeclaratorSyntax;

    private static IEnumerable<SyntaxNodeOrToken> Parts(SyntaxNode node) => node switch
    {
        TypeDeclarationSyntax => node.ChildNodesAndTokens().Where(part => !part.IsKind(SyntaxKind.AttributeList)),
        CompilationUnitSyntax => node.ChildNodesAndTokens().Where(part => !part.IsKind(SyntaxKind.GlobalStatement)),
        _ => node.ChildNodesAndTokens(),
    };

    // What counts by being there, whatever it says.
    private static bool IsInside(SyntaxNode node) => node switch
    {
        BlockSyntax or ArrowExpressionClauseSyntax =>
            node.Parent is MemberDeclarationSyntax or AccessorDeclarationSyntax,
        EqualsValueClauseSyntax => node.Parent switch
        {
            PropertyDeclarationSyntax => true,
            VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } =>
                !field.Modifiers.Any(SyntaxKind.ConstKeyword),
            _ => false,
        },
        _ => false,
    };

    private sealed class PartComparer : IEqualityComparer<SyntaxNodeOrToken>
    {
        public static readonly PartComparer Instance = new();

        public bool Equals(SyntaxNodeOrToken before, SyntaxNodeOrToken after) =>
            before.IsIncrementallyIdenticalTo(after);

        public int GetHashCode(SyntaxNodeOrToken part) => part.RawKind;
    }
}
