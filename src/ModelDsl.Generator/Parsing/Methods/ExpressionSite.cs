using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ModelDsl.Generator.Parsing.Methods;

/// <summary>A layer that is an expression of a method.</summary>
/// <param name="syntax">The expression: a call, an operator, an indexer, or a parameter of the method.</param>
/// <param name="arguments">Its arguments by the names that the layer has for them.</param>
/// <param name="types">The types that it is given.</param>
/// <param name="call">
/// The call in the forward method that leads to the expression, where that stands in another method.
/// </param>
internal sealed class ExpressionSite(
    SyntaxNode syntax,
    IReadOnlyDictionary<string, SyntaxNode> arguments,
    ImmutableArray<ITypeSymbol> types,
    Location? call)
    : LayerSite
{
    public override ImmutableArray<ITypeSymbol> TypeArguments => types;

    public override Location? Inner => call is null ? null : LocationOf(syntax);

    public override Location Location(CancellationToken cancellation) => call ?? LocationOf(syntax);

    public override Location Location(string? argument, CancellationToken cancellation)
    {
        if (argument is null || call is not null)
        {
            return Location(cancellation);
        }

        if (argument[0] == '<')
        {
            return NameOf(syntax) is { } generic && ArgumentLocator.TypeArgument(generic, argument) is { } type
                ? type.GetLocation()
                : Location(cancellation);
        }

        (string name, int? element) = ArgumentLocator.Split(argument);
        if (element is { } number && arguments.TryGetValue($"{name}[{number}]", out SyntaxNode? single))
        {
            return single.GetLocation();
        }

        return arguments.TryGetValue(name, out SyntaxNode? found) && found is ExpressionSyntax expression
            ? ArgumentLocator.Element(expression, element ?? 0, element is not null).GetLocation()
            : Location(cancellation);
    }

    /// <summary>The span of a call without what it is called on; that of anything else.</summary>
    public static Location LocationOf(SyntaxNode syntax) =>
        Microsoft.CodeAnalysis.Location.Create(
            syntax.SyntaxTree, TextSpan.FromBounds(NameOf(syntax)?.SpanStart ?? syntax.SpanStart, syntax.Span.End));

    /// <summary>The tokens of a call without what it is called on; those of anything else.</summary>
    public static IEnumerable<SyntaxToken> TokensOf(SyntaxNode syntax)
    {
        int start = NameOf(syntax)?.SpanStart ?? syntax.SpanStart;
        return syntax.DescendantTokens(node => node.Span.End > start).Where(token => token.SpanStart >= start);
    }

    // The method's name in a call, where it is called on something.
    private static SimpleNameSyntax? NameOf(SyntaxNode syntax) =>
        (syntax as InvocationExpressionSyntax)?.Expression switch
        {
            MemberAccessExpressionSyntax member => member.Name,
            SimpleNameSyntax name => name,
            _ => null,
        };
}
