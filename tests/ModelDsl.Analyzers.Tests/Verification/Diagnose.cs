using System.Collections.Concurrent;
using System.Globalization;

namespace ModelDsl.Analyzers.Tests.Verification;

/// <summary>
/// Compiles a text as a user's build would, generated half and analyzers included, and compares what is reported.
/// </summary>
internal static class Diagnose
{
    private const string From = "from";

    /// <summary>
    /// Fails unless exactly the marked diagnostics are reported, those of the C# compiler included, with the given
    /// messages in the order of the marks (messages of the C# compiler are not compared).
    /// </summary>
    public static Task Reports(string markup, params string[] messages) => Reports(new Situation(), markup, messages);

    /// <inheritdoc cref="Reports(string, string[])"/>
    public static async Task Reports(Situation situation, string markup, params string[] messages)
    {
        Markup expected = Markup.Parse(markup);
        ImmutableArray<Diagnostic> actual = await RunAsync(
            situation with { Sources = [expected.Source, .. situation.Sources] });

        int next = 0;
        IEnumerable<string> expectedLines = expected.Marks
            .Where(mark => mark.Label != From)
            .Select(mark => Line(mark.Span, mark.Label, expected.Source, IsOurs(mark.Label) ? messages[next++] : ""));
        IEnumerable<string> actualLines = actual.Select(diagnostic => Line(
            SpanOf(diagnostic.Location),
            diagnostic.Id,
            expected.Source,
            IsOurs(diagnostic.Id) ? diagnostic.GetMessage(CultureInfo.InvariantCulture) : ""));
        Assert.Equal(expectedLines.Order(StringComparer.Ordinal), actualLines.Order(StringComparer.Ordinal));
        Assert.Equal(messages.Length, next);

        IEnumerable<TextSpan> expectedOrigins = expected.Marks.Where(mark => mark.Label == From).Select(
            mark => mark.Span);
        IEnumerable<TextSpan> actualOrigins = actual.SelectMany(diagnostic => diagnostic.AdditionalLocations).Select(
            SpanOf);
        Assert.Equal(expectedOrigins.Order(), actualOrigins.Distinct().Order());
    }

    /// <summary>Fails if anything at all is reported.</summary>
    public static Task Silent(string source) => Reports(source);

    /// <inheritdoc cref="Silent(string)"/>
    public static Task Silent(Situation situation, string source) => Reports(situation, source);

    /// <summary>What ModelDsl reports (information included) and what the C# compiler rejects.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Situation situation)
    {
        // For this call only: no message depends on it.
        CultureInfo.CurrentCulture = ForeignCulture.Create();
        Compilation compilation = situation.Compile();
        var exceptions = new ConcurrentQueue<Exception>();
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            situation.Analyzers,
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([.. situation.AdditionalFiles], new EditorConfig(situation.Options)),
                onAnalyzerException: (exception, _, _) => exceptions.Enqueue(exception),
                concurrentAnalysis: false,
                logAnalyzerExecutionTime: false));
        ImmutableArray<Diagnostic> diagnostics = await analysis.GetAnalyzerDiagnosticsAsync();
        Assert.Empty(exceptions);
        return
        [
            .. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error),
            .. diagnostics,
        ];
    }

    private static bool IsOurs(string id) => id.StartsWith("MDL", StringComparison.Ordinal);

    // The compilation puts a line of usings before each text.
    private static TextSpan SpanOf(Location location) =>
        location.SourceTree is null
            ? default
            : new TextSpan(location.SourceSpan.Start - TestCompiler.Usings.Length, location.SourceSpan.Length);

    private static string Line(TextSpan span, string id, string source, string message)
    {
        int line = source.AsSpan(0, Math.Clamp(span.Start, 0, source.Length)).Count('\n') + 1;
        string text = span.Start >= 0 && span.End <= source.Length ? source.Substring(span.Start, span.Length) : "?";
        return FormattableString.Invariant($"line {line} [{span.Start}..{span.End}) '{text}': {id} {message}").TrimEnd();
    }
}
