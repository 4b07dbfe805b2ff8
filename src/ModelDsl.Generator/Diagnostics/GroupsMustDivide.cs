using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Every group has as many channels as the others.</summary>
internal static class GroupsMustDivide
{
    public const string Id = "MDL0044";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Groups must divide the channels",
        "{0} cannot divide {1} {2} into {3} groups of equal size",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
