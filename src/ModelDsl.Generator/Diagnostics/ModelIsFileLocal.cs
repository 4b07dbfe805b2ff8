using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Diagnostics;

/// <summary>A file-local type has all of its parts in one file, and the generated half is another file.</summary>
internal static class ModelIsFileLocal
{
    public const string Id = "MDL0027";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A model cannot be local to a file",
        "'{0}' is local to its file, where the compiler cannot add the generated half; make it internal or private",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For(Id));
}
