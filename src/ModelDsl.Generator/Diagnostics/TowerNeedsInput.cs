using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A branch without input beside towers that have theirs.</summary>
internal static class TowerNeedsInput
{
    public const string Id = "MDL0055";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "All branches at the start of a model need inputs of their own",
        "'{0}' is one of several branches at the start of a model that has no [Input(...)] of its own, so it must start with an [Input(...)] as the others do",
        Category.Structure,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
