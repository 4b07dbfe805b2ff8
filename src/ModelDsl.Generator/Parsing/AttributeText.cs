using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Generator.Parsing;

/// <summary>Writes an attribute on one line: as its author has, or would have where it is known from metadata only.</summary>
internal static class AttributeText
{
    /// <summary>
    /// The tokens of the attribute with the usual spaces between them. What stands between the tokens in the text (comments,
    /// directives, line breaks) is left out, and a text literal of several lines is written with escape sequences.
    /// </summary>
    public static string Of(AttributeSyntax attribute) => Of(attribute.DescendantTokens());

    /// <inheritdoc cref="Of(AttributeSyntax)"/>
    public static string Of(IEnumerable<SyntaxToken> tokens)
    {
        var text = new StringBuilder();
        SyntaxToken before = default;
        foreach (SyntaxToken token in tokens)
        {
            if (before.RawKind != 0 && IsSeparated(before, token))
            {
                text.Append(' ');
            }

            text.Append(OnOneLine(token));
            before = token;
        }

        return text.ToString();
    }

    public static string Of(AttributeData attribute)
    {
        INamedTypeSymbol type = attribute.AttributeClass!;
        string name = type.Name.EndsWith("Attribute", StringComparison.Ordinal)
            ? type.Name.Substring(0, type.Name.Length - "Attribute".Length)
            : type.Name;
        string types = type.TypeArguments.IsEmpty
            ? ""
            : $"<{string.Join(", ", type.TypeArguments.Select(argument => argument.Name))}>";
        IEnumerable<string> positional = attribute.ConstructorArguments.SelectMany(constant =>
            constant.Kind == TypedConstantKind.Array && !constant.IsNull ? constant.Values : [constant]).Select(ToText);
        IEnumerable<string> named = attribute.NamedArguments.Select(argument => $"{argument.Key} = {ToText(argument.Value)}");
        string[] arguments = [.. positional, .. named];
        return arguments.Length == 0 ? name + types : $"{name}{types}({string.Join(", ", arguments)})";
    }

    private static string OnOneLine(SyntaxToken token)
    {
        if (!token.Text.Any(IsUnprintable))
        {
            return token.Text;
        }

        bool isLiteral = token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken;
        return isLiteral && token.Value is string value
            ? SymbolDisplay.FormatLiteral(value, quote: true)
            : string.Concat(token.Text.Select(letter => IsUnprintable(letter) ? ' ' : letter));
    }

    // What ends a line in C#, and so a comment, and what XML does not take.
    private static bool IsUnprintable(char letter) => char.IsControl(letter) || letter is '\u2028' or '\u2029';

    private static bool IsSeparated(SyntaxToken before, SyntaxToken token)
    {
        if (IsOfText(before) && IsOfText(token))
        {
            return false;
        }

        bool growTogether = before.Text.Length > 0 && token.Text.Length > 0
            && before.Text[before.Text.Length - 1] == token.Text[0] && token.Text[0] is ('+' or '-' or '&');
        if ((IsWord(before) && IsWord(token)) || growTogether)
        {
            return true;
        }

        // A list of types in a name is as tight as the name.
        return before.Kind() switch
        {
            SyntaxKind.CommaToken or SyntaxKind.ColonToken => !token.IsKind(SyntaxKind.CloseBracketToken)
                && !token.IsKind(SyntaxKind.GreaterThanToken),
            SyntaxKind.OpenBraceToken => !IsInterpolation(before),
            _ => IsOperator(before) || IsOperator(token)
                || (before.IsKind(SyntaxKind.NewKeyword) && token.IsKind(SyntaxKind.OpenBraceToken))
                || (token.IsKind(SyntaxKind.OpenBraceToken) && !IsInterpolation(token))
                || (token.IsKind(SyntaxKind.CloseBraceToken) && !IsInterpolation(token)),
        };
    }

    private static bool IsWord(SyntaxToken token) =>
        token.Text.Length > 0 && (SyntaxFacts.IsIdentifierPartCharacter(token.Text[token.Text.Length - 1])
            || SyntaxFacts.IsIdentifierPartCharacter(token.Text[0]) || token.Text[0] is '@' or '"' or '\'' or '$');

    // Between the quotation marks of $"..." every space counts.
    private static bool IsOfText(SyntaxToken token) =>
        token.Parent is InterpolatedStringExpressionSyntax or InterpolatedStringTextSyntax or InterpolationSyntax;

    private static bool IsInterpolation(SyntaxToken token) => token.Parent is InterpolationSyntax;

    private static bool IsOperator(SyntaxToken token) => token.Parent switch
    {
        BinaryExpressionSyntax binary => binary.OperatorToken == token,
        AssignmentExpressionSyntax or NameEqualsSyntax => !token.IsKind(SyntaxKind.IdentifierToken),
        ConditionalExpressionSyntax => true,
        _ => false,
    };

    private static string ToText(TypedConstant constant) => constant.Kind == TypedConstantKind.Array && !constant.IsNull
        ? $"[{string.Join(", ", constant.Values.Select(ToText))}]"
        : constant.Value is double number ? ToText(number) : constant.ToCSharpString();

    // A float that was written where a double is taken is shown as it was written: 0.2f rather than 0.20000000298023224.
    private static string ToText(double number)
    {
        string wide = number.ToString("R", CultureInfo.InvariantCulture);
        float narrow = (float)number;
        string text = narrow.ToString("R", CultureInfo.InvariantCulture);
        return narrow == number && text.Length < wide.Length ? text + "f" : wide;
    }
}
