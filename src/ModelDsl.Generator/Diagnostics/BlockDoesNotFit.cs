using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A block takes its shapes from where it is used.</summary>
internal static class BlockDoesNotFit
{
    public const string Id = "MDL0032";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A block does not fit its input",
        "The block '{0}' does not fit its input {1} from {2}: {3}",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
