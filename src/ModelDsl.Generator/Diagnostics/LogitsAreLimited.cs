using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>An activation that keeps logits from taking every value.</summary>
internal static class LogitsAreLimited
{
    public const string Id = "MDL0114";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "An activation limits the logits of the loss",
        "{0} takes logits of any size and either sign, but [{1}] before it gives only {2}; remove [{1}]",
        Category.Advice,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
