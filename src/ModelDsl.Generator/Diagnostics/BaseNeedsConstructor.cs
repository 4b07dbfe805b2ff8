using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>The generated constructors call the base class's.</summary>
internal static class BaseNeedsConstructor
{
    public const string Id = "MDL0093";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A model's base class needs a constructor without parameters",
        "The base class '{0}' of '{1}' has no accessible constructor that can be called without arguments, as the generated constructor does; add one",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
