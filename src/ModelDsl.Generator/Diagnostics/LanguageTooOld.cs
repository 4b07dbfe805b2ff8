using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Generated code calls methods of the runtime that take a list of arguments as a span.</summary>
internal static class LanguageTooOld
{
    public const string Id = "MDL0057";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Models need C# 13",
        "The model '{0}' needs C# 13 or later, but the project is compiled as C# {1}; remove LangVersion from the project file",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
