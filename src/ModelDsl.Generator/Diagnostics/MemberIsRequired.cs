using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The generated Load and Create make instances.</summary>
internal static class MemberIsRequired
{
    public const string Id = "MDL0094";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A model cannot have required members",
        "'{0}' of '{1}' is required, but the generated code creates models without it; give it a value and remove 'required'",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
