using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Layer attributes mean nothing on an ordinary class.</summary>
internal static class LayerWithoutModel
{
    public const string Id = "MDL0011";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A layer attribute needs a model",
        "[{0}] has no effect, since '{1}' is not marked with [Model]",
        Category.Structure,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
