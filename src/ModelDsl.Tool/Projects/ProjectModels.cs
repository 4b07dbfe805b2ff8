using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Generator;
using ModelDsl.Generator.Analysis;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Projects;

namespace ModelDsl.Tool.Projects;

/// <summary>The models of a project, and what is wrong with them.</summary>
/// <param name="Declarations">The models that can be read.</param>
/// <param name="Errors">The errors that the analyzer reports.</param>
internal sealed record ProjectModels(
    ImmutableArray<ModelDeclaration> Declarations, ImmutableArray<Diagnostic> Errors)
{
    private CSharpCompilation? _compilation;

    /// <summary>Reads the models of a compilation.</summary>
    public static ProjectModels Read(Compilation compilation)
    {
        var sources = (CSharpCompilation)compilation;
        ImmutableArray<ModelDeclaration> declarations =
        [
            .. new ModelReader().Read(sources, CancellationToken.None).OfType<ModelDeclaration>()
                .OrderBy(model => model.HintName, StringComparer.Ordinal),
        ];
        ImmutableArray<Diagnostic> found = sources
            .WithAnalyzers([new ModelAnalyzer()])
            .GetAnalyzerDiagnosticsAsync()
            .GetAwaiter()
            .GetResult();
        return new ProjectModels(
            declarations,
            [
                .. found.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                    .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                    .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start),
            ])
        {
            _compilation = sources,
        };
    }

    /// <summary>The C# compiler's own errors, with the generated halves of the models in place.</summary>
    public ImmutableArray<Diagnostic> CompilerErrors()
    {
        CSharpGeneratorDriver
            .Create([new ModelGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(_compilation!, out Compilation whole, out _);
        return
        [
            .. whole.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error),
        ];
    }

    private CSharpParseOptions? ParseOptions =>
        (CSharpParseOptions?)_compilation!.SyntaxTrees.FirstOrDefault()?.Options;
}
