using System.Globalization;
using ModelDsl.Generator.Analysis;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>
/// What analyzers of code that runs say of forward methods is silenced, and what they say of other code is not. Those
/// of the SDK are not here: an analyzer stands in for them that reports their rules where a test marks it.
/// </summary>
public sealed class ForwardSuppressorTests
{
    [Fact]
    public async Task Unreachable_code_of_a_forward_method_is_not_told_and_that_of_others_is()
    {
        Diagnostic[] told = await RunAsync(
            """
            [Model, Input(4), MeanSquaredError]
            public partial class Net
            {
                private const bool Deep = false;

                private static Tensor Forward(Tensor x)
                {
                    if (Deep)
                    {
                        x = x.Dense(3);
                    }

                    return Last(x);
                }

                private static Tensor Last(Tensor x)
                {
                    if (!Deep)
                    {
                        return x.Dense(2);
                    }

                    return x;
                }

                public static int Other()
                {
                    if (Deep)
                    {
                        return 1;
                    }

                    return 2;
                }
            }
            """);
        Assert.Equal(3, told.Count(diagnostic => diagnostic.Id == "CS0162"));
        Assert.Equal(2, told.Count(diagnostic => diagnostic is { Id: "CS0162", IsSuppressed: true }));
        Diagnostic left = Assert.Single(told, diagnostic => diagnostic is { Id: "CS0162", IsSuppressed: false });
        int line = left.Location.GetLineSpan().StartLinePosition.Line;
        Assert.Contains("return 1;", $"{left.Location.SourceTree!.GetText().Lines[line]}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IDE0051", "Forward", "Other")]
    [InlineData("CA1812", "Net", "Plain")]
    [InlineData("CA1861", "1,", "3,")]
    [InlineData("CA1062", "x.Mean", "text.Length")]
    public async Task Rule_is_silenced_in_a_forward_method_and_not_elsewhere(string rule, string silenced, string told)
    {
        const string Source =
            """
            [Block]
            internal partial class Net
            {
                private static Tensor Forward(Tensor x) => x.Mean([1, 2]);

                private static int Other(string text) => text.Length;
            }

            internal class Plain
            {
                private static int[] Numbers() => [3, 4];
            }
            """;
        Diagnostic[] reported = await RunAsync(Source, new StandIn(rule, silenced, told));
        Assert.Equal(
            [(silenced, true), (told, false)],
            reported.Where(diagnostic => diagnostic.Id == rule)
                .OrderBy(diagnostic => !diagnostic.IsSuppressed)
                .Select(diagnostic => (diagnostic.GetMessage(CultureInfo.InvariantCulture), diagnostic.IsSuppressed)));
    }

    private static async Task<Diagnostic[]> RunAsync(string source, params DiagnosticAnalyzer[] others)
    {
        Compilation compilation = new Situation { Sources = [source] }.Compile();
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            [new ForwardSuppressor(), .. others],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                onAnalyzerException: null,
                concurrentAnalysis: false,
                logAnalyzerExecutionTime: false,
                reportSuppressedDiagnostics: true));
        return [.. await analysis.GetAllDiagnosticsAsync()];
    }

    // Reports a rule at the first place of each of two texts. It is no extension that anyone loads.
#pragma warning disable RS1017, RS1026, RS1036, RS1038, RS1041
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class StandIn(string rule, params string[] texts) : DiagnosticAnalyzer
    {
        private readonly DiagnosticDescriptor _rule =
            new(rule, "Stands in", "{0}", "Test", DiagnosticSeverity.Warning, true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [_rule];

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSyntaxTreeAction(tree =>
            {
                string source = tree.Tree.ToString();
                foreach (string text in texts)
                {
                    int place = source.IndexOf(text, StringComparison.Ordinal);
                    if (place >= 0)
                    {
                        var span = new TextSpan(place, text.TakeWhile(char.IsLetterOrDigit).Count());
                        tree.ReportDiagnostic(Diagnostic.Create(_rule, Location.Create(tree.Tree, span), text));
                    }
                }
            });
        }
    }
#pragma warning restore RS1017, RS1026, RS1036, RS1038, RS1041
}
