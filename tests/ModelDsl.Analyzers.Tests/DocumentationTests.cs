using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests;

/// <summary>The examples on the rules' pages are compiled: the wrong one breaks the rule, the right one none.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Rules => RuleCoverageTests.Rules;

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Wrong_example_breaks_the_rule_and_no_other(string id)
    {
        ImmutableArray<Diagnostic> diagnostics = await Diagnose.RunAsync(Example(id, "Wrong"));
        Assert.NotEmpty(diagnostics);
        Assert.All(
            diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Info), diagnostic => Assert.Equal(id, diagnostic.Id));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Right_example_breaks_no_rule(string id) =>
        Assert.Empty(await Diagnose.RunAsync(Example(id, "Right")));

    private static Situation Example(string id, string section)
    {
        string page = File.ReadAllText(Path.Combine(RuleCoverageTests.Root, "docs", "diagnostics", id + ".md"));
        string source = Code().Match(page, page.IndexOf($"## {section}\n", StringComparison.Ordinal)).Groups["code"].Value;
        Assert.NotEmpty(source);
        return new Situation { Sources = [source] };
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
