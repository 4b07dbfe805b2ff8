using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.Analyzers.Tests;

/// <summary>Advice is as loud as .editorconfig wants it.</summary>
public sealed class SeverityTests
{
    public static TheoryData<string> Advice =>
        [.. RuleCatalog.All.Where(rule => rule.Category == Category.Advice).Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Advice))]
    public async Task Advice_can_be_silenced(string id) => Assert.Empty(await RunAsync(id, "none"));

    [Theory]
    [MemberData(nameof(Advice))]
    public async Task Advice_can_be_made_an_error(string id)
    {
        ImmutableArray<Diagnostic> diagnostics = await RunAsync(id, "error");
        Assert.NotEmpty(diagnostics);
        Assert.All(
            diagnostics,
            diagnostic => Assert.Equal((id, DiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Severity)));
    }

    private static async Task<ImmutableArray<Diagnostic>> RunAsync(string id, string severity)
    {
        string settings = $"root = true\n[*.cs]\ndotnet_diagnostic.{id}.severity = {severity}\n";
        Compilation compilation = new Situation { Sources = [DocumentationTests.Example(id, "Wrong")] }.Compile();
        compilation = compilation.WithOptions(
            compilation.Options.WithSyntaxTreeOptionsProvider(new Severities(settings)));
        return await compilation
            .WithAnalyzers(Situation.AllAnalyzers, new AnalyzerOptions([]))
            .GetAnalyzerDiagnosticsAsync();
    }

    private sealed class Severities(string settings) : SyntaxTreeOptionsProvider
    {
        private readonly ImmutableDictionary<string, ReportDiagnostic> _severities = AnalyzerConfigSet
            .Create((AnalyzerConfig[])[AnalyzerConfig.Parse(settings, "/.editorconfig")])
            .GetOptionsForSourcePath("/Model0.cs")
            .TreeOptions;

        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) =>
            GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(
            SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            _severities.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(
            string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Default;
            return false;
        }
    }
}
