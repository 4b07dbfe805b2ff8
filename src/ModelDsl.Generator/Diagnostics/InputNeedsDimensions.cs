using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A sample has at least one dimension.</summary>
internal static class InputNeedsDimensions
{
    public const string Id = "MDL0019";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Input needs dimensions",
        "Input expects the dimensions of a sample, such as [Input(28, 28)] or [Input(1)]",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
