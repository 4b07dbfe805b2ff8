using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>An enum can hold numbers that have no name.</summary>
internal static class UnknownInitializer
{
    public const string Id = "MDL0024";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The initializer does not exist",
        "{0} is not a member of Initializer",
        Category.Argument,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
