using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The input is the start of the flow.</summary>
internal static class InputMustComeFirst
{
    public const string Id = "MDL0006";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Input must come first",
        "[{0}] must be the first layer and stand once, but [{1}] comes before it",
        Category.Structure,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
