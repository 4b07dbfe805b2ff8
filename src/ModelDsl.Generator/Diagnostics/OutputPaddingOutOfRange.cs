using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A stride leaves a choice of sizes; the output padding picks one of them.</summary>
internal static class OutputPaddingOutOfRange
{
    public const string Id = "MDL0047";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An output padding must be smaller than the stride",
        "{0} expects an output padding of at least 0 and less than its stride of {1}, got {2}",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
