using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Generated code names the runtime from the global namespace.</summary>
internal static class RuntimeNeedsGlobalName
{
    public const string Id = "MDL0058";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Models need ModelDsl in the global namespace",
        "The model '{0}' cannot find ModelDsl under the alias '{1}' alone; write Aliases=\"global,{1}\" for the reference",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
