using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The generated half declares a member of that name and signature.</summary>
internal static class MemberIsGenerated
{
    public const string Id = "MDL0028";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The compiler generates this member",
        "The compiler generates '{0}' for the model '{1}'; choose another name",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
