using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Generator.Parsing;

/// <summary>Writes an attribute as its author would have, for one that is known from metadata only.</summary>
internal static class AttributeText
{
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
