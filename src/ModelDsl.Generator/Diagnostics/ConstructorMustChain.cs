using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Only the generated constructor takes the model's memory.</summary>
internal static class ConstructorMustChain
{
    public const string Id = "MDL0029";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A model's constructor must call the generated one",
        "This constructor of '{0}' leaves the model without memory; let it call the generated constructor with ': this(seed)' or ': this()'",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
