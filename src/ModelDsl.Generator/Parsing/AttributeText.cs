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
        : constant.ToCSharpString();
}
