using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>Generated code names the author's activations and losses, and stands in a file of its own.</summary>
internal static class TypeIsFileLocal
{
    public const string Id = "MDL0059";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A type that generated code names cannot be local to a file",
        "'{0}' in [{1}] is local to its file, and generated code stands in another; make it internal or private",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
