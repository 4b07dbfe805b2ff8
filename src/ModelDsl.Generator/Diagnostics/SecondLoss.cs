using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A model is trained for one thing.</summary>
internal static class SecondLoss
{
    public const string Id = "MDL0010";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A model has one loss",
        "[{0}] is a second loss after [{1}]; keep one",
        Category.Structure,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
