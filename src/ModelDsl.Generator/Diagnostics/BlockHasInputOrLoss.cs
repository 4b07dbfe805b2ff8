using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Input and loss belong to the model.</summary>
internal static class BlockHasInputOrLoss
{
    public const string Id = "MDL0033";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A block has no input and no loss",
        "The block '{0}' contains [{1}], but a block takes its input from where it is used and has no loss; move it to the model",
        Category.Structure,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
