using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Generator.Analysis;
using ModelDsl.Testing;

namespace ModelDsl.Analyzers.Tests.Verification;

/// <summary>What surrounds the text under test.</summary>
internal sealed record Situation
{
    /// <summary>Every analyzer of the package.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> AllAnalyzers { get; } =
    [
        .. typeof(ModelAnalyzer).Assembly.GetTypes()
            .Where(type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>More files of the same project.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>A library that the project references, as its source text.</summary>
    public string? Library { get; init; }

    /// <summary>The settings of .editorconfig.</summary>
    public ImmutableDictionary<string, string> Options { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The files of the project that are no code.</summary>
    public ImmutableArray<AdditionalText> AdditionalFiles { get; init; } = [];

    /// <summary>The analyzers that run.</summary>
    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; init; } = AllAnalyzers;

    /// <summary>An .editorconfig with one setting.</summary>
    public static Situation WithOption(string key, string value) =>
        new() { Options = ImmutableDictionary<string, string>.Empty.Add(key, value) };

    /// <summary>The project with its generated files.</summary>
    public Compilation Compile()
    {
        Compilation compilation = ModelCompiler.CreateCompilation([.. Sources]);
        if (Library is not null)
        {
            using var image = new MemoryStream();
            Assert.True(new Situation { Sources = [Library] }.Compile().WithAssemblyName("Library").Emit(image).Success);
            compilation = compilation.AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        }

        if (compilation.SyntaxTrees.Any(tree => tree.GetRoot().ChildNodes().Any(node => node is GlobalStatementSyntax)))
        {
            compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
        }

        ModelCompiler.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out compilation, out _);
        return compilation;
    }
}
