using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Loading the file would fail.</summary>
internal static class TensorHasOtherType
{
    public const string Id = "MDL0306";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A tensor in the file of weights has another element type",
        "[{0}] needs the tensor '{1}' as F32, F64, F16 or BF16, but '{2}' has it as {3}",
        Category.Weights,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
