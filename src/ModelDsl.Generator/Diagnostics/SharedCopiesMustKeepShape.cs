using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Shared copies keep the shape.</summary>
internal static class SharedCopiesMustKeepShape
{
    public const string Id = "MDL0080";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Copies with the same parameters must keep the shape",
        "Repeat with Shared = true runs the same parameters again on what they made, but '{0}' makes {2} of {1}",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
