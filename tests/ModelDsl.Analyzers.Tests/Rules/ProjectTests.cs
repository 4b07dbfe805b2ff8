using ModelDsl.Generator.Analysis;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>Settings of a project that stand in the way of every model.</summary>
public sealed class ProjectTests
{
    private const string Source =
        "[Model, Input(4), Dense(3), SoftmaxCrossEntropy] public partial class {|MDL0057:Net|} { }";

    [Theory]
    [InlineData(LanguageVersion.CSharp12, "12.0")]
    [InlineData(LanguageVersion.CSharp11, "11.0")]
    public Task Old_version_of_the_language_reports_MDL0057_at_the_class_and_nothing_else(
        LanguageVersion version, string name) =>
        Diagnose.Reports(
            new Situation { Language = version },
            Source,
            $"The model 'Net' needs C# 13 or later, but the project is compiled as C# {name}; remove LangVersion from the project file");

    [Fact]
    public Task Default_version_of_the_language_does_not_report_MDL0057() =>
        Diagnose.Silent("[Model, Input(4), Dense(3), SoftmaxCrossEntropy] public partial class Net { }");

    [Fact]
    public async Task Runtime_under_an_alias_alone_reports_MDL0058_at_the_class_and_nothing_else()
    {
        Diagnostic reported = Assert.Single(await Diagnose.RunAsync(new Situation
        {
            Aliases = ["mdl"],
            Sources = ["[Model, Input(4), Dense(3), SoftmaxCrossEntropy] public partial class Net { }"],
        }));
        Assert.Equal("MDL0058", reported.Id);
        Assert.Equal("Net", reported.Location.SourceTree!.GetText().ToString(reported.Location.SourceSpan));
    }

    [Fact]
    public Task Runtime_under_an_alias_and_globally_does_not_report_MDL0058() =>
        Diagnose.Silent(
            new Situation { Aliases = ["global", "mdl"] },
            "[Model, Input(4), Dense(3), SoftmaxCrossEntropy] public partial class Net { }");

    [Fact]
    public async Task Arrays_of_layer_attributes_are_no_warning_in_an_assembly_that_is_compliant()
    {
        Compilation compilation = new Situation
        {
            Sources =
            [
                """
                [assembly: System.CLSCompliant(true)]
                [Model, Input(4), Dense(3), SoftmaxCrossEntropy] public partial class Net { }
                [System.AttributeUsage(System.AttributeTargets.All)]
                public sealed class ListAttribute(params int[] numbers) : System.Attribute { public int[] Numbers => numbers; }
                [List(1)] public class Other;
                """,
            ],
        }.Compile();
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new ModelAnalyzer(), new ClsComplianceSuppressor()];
        ImmutableArray<Diagnostic> reported = await compilation.WithAnalyzers(analyzers).GetAllDiagnosticsAsync();
        Diagnostic left = Assert.Single(reported, diagnostic => diagnostic.Id == "CS3016" && !diagnostic.IsSuppressed);
        Assert.Equal("List(1)", left.Location.SourceTree!.GetText().ToString(left.Location.SourceSpan));
        Assert.DoesNotContain(reported, diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic != left
            && !diagnostic.IsSuppressed && diagnostic.Id.StartsWith("CS3", StringComparison.Ordinal) && diagnostic.Id != "CS3015");
    }
}
