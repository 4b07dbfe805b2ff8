using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A recurrent layer behind one that returns its last step only.</summary>
internal static class SequenceWasReduced
{
    public const string Id = "MDL0086";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Only the last step is left of the sequence",
        "{0} expects a sequence, but [{1}] gives the output of the last step only; leave ReturnSequences = false to the last recurrent layer",
        Category.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
