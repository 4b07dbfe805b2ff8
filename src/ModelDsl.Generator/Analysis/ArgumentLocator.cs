using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Generator.Analysis;

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

    private static SyntaxNode? FindArgument(AttributeData attribute, AttributeSyntax syntax, string argument)
    {
        if (argument[0] == '<')
        {
            int number = int.Parse(argument.Substring(1, argument.Length - 2), CultureInfo.InvariantCulture);
            return syntax.DescendantNodes().OfType<TypeArgumentListSyntax>().FirstOrDefault()?.Arguments.ElementAtOrDefault(number);
        }

        string name = argument;
        int element = 0;
        int bracket = argument.IndexOf('[');
        if (bracket >= 0)
        {
            name = argument.Substring(0, bracket);
            element = int.Parse(argument.Substring(bracket + 1, argument.Length - bracket - 2), CultureInfo.InvariantCulture);
        }

        int parameter = attribute.AttributeConstructor?.Parameters.ToList().FindIndex(candidate => candidate.Name == name) ?? -1;
        List<AttributeArgumentSyntax> positional = [];
        foreach (AttributeArgumentSyntax candidate in syntax.ArgumentList?.Arguments ?? default)
        {
            if (candidate.NameColon?.Name.Identifier.ValueText == name || candidate.NameEquals?.Name.Identifier.ValueText == name)
            {
                return Element(candidate.Expression, element, bracket >= 0);
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
            : Element(positional[parameter].Expression, element, bracket >= 0);
    }

    // new[] { 28, 0 } or [28, 0] instead of a list of arguments.
    private static SyntaxNode Element(ExpressionSyntax expression, int element, bool wanted)
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
