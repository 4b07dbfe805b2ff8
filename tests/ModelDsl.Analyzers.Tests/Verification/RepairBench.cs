namespace ModelDsl.Analyzers.Tests.Verification;

/// <summary>
/// A project in an editor: its files with all that is reported in them, and what every repair makes of them.
/// </summary>
internal sealed class RepairBench
{
    private static readonly ImmutableArray<MetadataReference> References =
        [.. TestCompiler.CreateCompilation("").References];

    private readonly Project _project;

    private RepairBench(Project project, Compilation compilation, ImmutableArray<Diagnostic> diagnostics)
    {
        _project = project;
        Compilation = compilation;
        Diagnostics = diagnostics;
    }

    /// <summary>The repairs of the package by the rules that they repair.</summary>
    public static ILookup<string, CodeFixProvider> FixesOf { get; } = typeof(MakePartialFix).Assembly.GetTypes()
        .Where(type => typeof(CodeFixProvider).IsAssignableFrom(type) && !type.IsAbstract)
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)
        .SelectMany(fix => fix.FixableDiagnosticIds.Select(id => (id, fix)))
        .ToLookup(pair => pair.id, pair => pair.fix);

    /// <summary>The project with its generated files.</summary>
    public Compilation Compilation { get; }

    /// <summary>What ModelDsl reports and what the C# compiler rejects.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The errors by their ids, of ModelDsl as of the C# compiler.</summary>
    public ILookup<string, Diagnostic> Errors =>
        Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToLookup(error => error.Id);

    /// <summary>Opens files that begin with <c>using ModelDsl;</c>.</summary>
    public static Task<RepairBench> OpenAsync(params string[] files)
    {
        var workspace = new AdhocWorkspace();
        Project project = workspace.AddProject("Repairs", LanguageNames.CSharp)
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.CSharp14))
            .WithCompilationOptions(TestCompiler.CreateCompilation("").Options)
            .WithMetadataReferences(References);
        for (int i = 0; i < files.Length; i++)
        {
            string usings = files[i].Contains('\r', StringComparison.Ordinal)
                ? TestCompiler.Usings.ReplaceLineEndings("\r\n")
                : TestCompiler.Usings;
            project = project.AddDocument($"Model{i}.cs", usings + files[i], filePath: $"Model{i}.cs").Project;
        }

        return OpenAsync(project);
    }

    /// <summary>What each action that is offered for a diagnostic makes of the project.</summary>
    public Task<IReadOnlyList<(CodeAction Action, RepairBench After)>> OfferedAsync(
        Diagnostic diagnostic, CodeFixProvider fix) => OfferedAsync([diagnostic], fix);

    /// <summary>What each action that is offered for the diagnostics of one place makes of the project.</summary>
    public async Task<IReadOnlyList<(CodeAction Action, RepairBench After)>> OfferedAsync(
        ImmutableArray<Diagnostic> diagnostics, CodeFixProvider fix)
    {
        Location place = diagnostics[0].Location;
        Document document = _project.GetDocument(place.SourceTree)!;
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(
            document, place.SourceSpan, diagnostics, (action, _) => actions.Add(action), CancellationToken.None));
        var offered = new List<(CodeAction Action, RepairBench After)>();
        foreach (CodeAction action in actions)
        {
            offered.Add((action, await ApplyAsync(action)));
        }

        return offered;
    }

    /// <summary>What a repair of all diagnostics of one rule makes of the project.</summary>
    public async Task<RepairBench> FixAllAsync(string id, CodeFixProvider fix, string equivalenceKey)
    {
        Diagnostic first = Diagnostics.First(diagnostic => diagnostic.Id == id);
        var context = new FixAllContext(
            _project.GetDocument(first.Location.SourceTree)!,
            fix,
            FixAllScope.Solution,
            equivalenceKey,
            [id],
            new Reported(Diagnostics),
            CancellationToken.None);
        return await fix.GetFixAllProvider()!.GetFixAsync(context) is { } action ? await ApplyAsync(action) : this;
    }

    /// <summary>The files, without the first line.</summary>
    public async Task<string[]> TextsAsync()
    {
        var texts = new List<string>();
        foreach (Document document in _project.Documents)
        {
            string text = (await document.GetTextAsync()).ToString();
            texts.Add(text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        }

        return [.. texts];
    }

    private static async Task<RepairBench> OpenAsync(Project project)
    {
        Compilation compilation = (await project.GetCompilationAsync())!;
        TestCompiler.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        CompilationWithAnalyzers analysis = generated.WithAnalyzers(
            Situation.AllAnalyzers,
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                (exception, _, _) => throw new InvalidOperationException("An analyzer failed.", exception),
                concurrentAnalysis: false,
                logAnalyzerExecutionTime: false));
        return new RepairBench(
            project,
            generated,
            [
                .. generated.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error),
                .. await analysis.GetAnalyzerDiagnosticsAsync(),
            ]);
    }

    private async Task<RepairBench> ApplyAsync(CodeAction action)
    {
        ApplyChangesOperation change = Assert.Single(
            (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>());
        return await OpenAsync(change.ChangedSolution.GetProject(_project.Id)!);
    }

    private sealed class Reported(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(
            Project project, CancellationToken cancellationToken) =>
            Task.FromResult(
                diagnostics.Where(diagnostic => project.GetDocument(diagnostic.Location.SourceTree) is not null));

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(
            Document document, CancellationToken cancellationToken)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return diagnostics.Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(
            Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
