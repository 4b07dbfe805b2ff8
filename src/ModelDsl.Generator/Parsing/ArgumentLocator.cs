using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Generator.Parsing;

/// <summary>Finds the syntax of an attribute's argument.</summary>
internal static class ArgumentLocator
{
    /// <summary>
    /// The argument's expression, or the whole attribute where the argument is not written. An element of an array of
    /// parameters is told by its number, as in <c>dimensions[1]</c>, and so is a type argument, as in <c>&lt;0&gt;</c>.
    /// </summary>
    public static Location Find(AttributeData attribute, string? argument, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
        {
            return Location.None;
        }

        return argument is not null && FindArgument(attribute, syntax, argument) is { } found
            ? found.GetLocation()
            : syntax.GetLocation();
    }

    /// <summary>The name of an argument and the number of the element that is meant: <c>dimensions[1]</c>.</summary>
    public static (string Name, int? Element) Split(string argument)
    {
        int bracket = argument.IndexOf('[');
        return bracket < 0
            ? (argument, null)
            : (argument.Substring(0, bracket),
                int.Parse(argument.Substring(bracket + 1, argument.Length - bracket - 2), CultureInfo.InvariantCulture));
    }

    /// <summary>The type argument that <c>&lt;0&gt;</c> stands for.</summary>
    public static SyntaxNode? TypeArgument(SyntaxNode syntax, string argument) => syntax.DescendantNodesAndSelf()
        .OfType<TypeArgumentListSyntax>()
        .FirstOrDefault()
        ?.Arguments.ElementAtOrDefault(int.Parse(argument.Substring(1, argument.Length - 2), CultureInfo.InvariantCulture));

    private static SyntaxNode? FindArgument(AttributeData attribute, AttributeSyntax syntax, string argument)
    {
        if (argument[0] == '<')
        {
            return TypeArgument(syntax, argument);
        }

        (string name, int? number) = Split(argument);
        int element = number ?? 0;
        int parameter = attribute.AttributeConstructor?.Parameters.ToList().FindIndex(candidate => candidate.Name == name) ?? -1;
        List<AttributeArgumentSyntax> positional = [];
        foreach (AttributeArgumentSyntax candidate in syntax.ArgumentList?.Arguments ?? default)
        {
            if (candidate.NameColon?.Name.Identifier.ValueText == name || candidate.NameEquals?.Name.Identifier.ValueText == name)
            {
                return Element(candidate.Expression, element, number is not null);
            }

            if (candidate.NameColon is null && candidate.NameEquals is null)
            {
                positional.Add(candidate);
            }
        }

        if (parameter < 0 || parameter >= positional.Count)
        {
            return null;
        }

        bool expanded = attribute.AttributeConstructor!.Parameters[parameter].IsParams && positional.Count - parameter > 1;
        return expanded
            ? positional[Math.Min(parameter + element, positional.Count - 1)].Expression
            : Element(positional[parameter].Expression, element, number is not null);
    }

    /// <summary>An element of a list that is one expression, <c>[28, 0]</c> or <c>new[] { 28, 0 }</c>.</summary>
    internal static SyntaxNode Element(ExpressionSyntax expression, int element, bool wanted)
    {
        SyntaxNode[] elements = expression switch
        {
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
            ImplicitArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
            CollectionExpressionSyntax collection => [.. collection.Elements],
            _ => [],
        };
        return wanted && element < elements.Length ? elements[element] : expression;
    }
}
