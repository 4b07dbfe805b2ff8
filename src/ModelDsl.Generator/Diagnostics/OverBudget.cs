using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A budget is stated in [Model(MaxParameters = ...)] or in .editorconfig.</summary>
internal static class OverBudget
{
    public const string Id = "MDL0106";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A model exceeds its budget of parameters",
        "'{0}' has {1} parameters, {2} more than its budget of {3}; most of them, {4}, are in [{5}]",
        Category.Advice,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
