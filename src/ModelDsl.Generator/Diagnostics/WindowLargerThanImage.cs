using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A window that is larger than the padded input has no place in it.</summary>
internal static class WindowLargerThanImage
{
    public const string Id = "MDL0041";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A window must fit its input",
        "{0} has a window of {1}, but its input is only {2}{3} from {4}; {5}",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
