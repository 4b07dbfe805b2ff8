using ModelDsl.Generator.Analysis;

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

    /// <summary>The rules that the project turns on.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>The files of the project that are no code.</summary>
    public ImmutableArray<AdditionalText> AdditionalFiles { get; init; } = [];

    /// <summary>The analyzers that run.</summary>
    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; init; } = AllAnalyzers;

    /// <summary>The version of C# that the project asks for.</summary>
    public LanguageVersion Language { get; init; } = LanguageVersion.CSharp14;

    /// <summary>
    /// The aliases of the reference to ModelDsl; where the global one is not among them, files begin with the first.
    /// </summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>An .editorconfig with one setting.</summary>
    public static Situation WithOption(string key, string value) =>
        new() { Options = ImmutableDictionary<string, string>.Empty.Add(key, value) };

    /// <summary>The project with its generated files.</summary>
    public Compilation Compile()
    {
        Compilation compilation = TestCompiler.CreateCompilation([.. Sources]);
        if (Library is not null)
        {
            using var image = new MemoryStream();
            Assert.True(
                new Situation { Sources = [Library] }.Compile().WithAssemblyName("Library").Emit(image).Success);
            compilation = compilation.AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        }

        if (compilation.SyntaxTrees.Any(tree => tree.GetRoot().ChildNodes().Any(node => node is GlobalStatementSyntax)))
        {
            compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
        }

        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
            compilation.Options.SpecificDiagnosticOptions.SetItems(
                Rules.Select(rule => KeyValuePair.Create(rule, ReportDiagnostic.Info)))));
        compilation = WithProject((CSharpCompilation)compilation);
        TestCompiler.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out compilation, out _);
        return compilation;
    }

    private CSharpCompilation WithProject(CSharpCompilation compilation)
    {
        if (!Aliases.IsEmpty)
        {
            MetadataReference runtime = compilation.References.Single(reference =>
                reference.Display == typeof(ModelAttribute).Assembly.Location);
            compilation = compilation.ReplaceReference(runtime, runtime.WithAliases(Aliases));
        }

        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            string text = tree.ToString();
            string usings = Aliases.IsEmpty || Aliases.Contains("global")
                ? TestCompiler.Usings
                : $"extern alias {Aliases[0]};\nusing {Aliases[0]}::ModelDsl;\n";
            var options = ((CSharpParseOptions)tree.Options).WithLanguageVersion(Language);
            compilation = usings == TestCompiler.Usings && options.Equals(tree.Options)
                ? compilation
                : compilation.ReplaceSyntaxTree(
                    tree, CSharpSyntaxTree.ParseText(usings + text[TestCompiler.Usings.Length..], options, tree.FilePath));
        }

        return compilation;
    }
}
