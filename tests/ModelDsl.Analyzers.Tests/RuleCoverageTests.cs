using System.Reflection;
using System.Runtime.CompilerServices;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.Analyzers.Tests;

/// <summary>Every rule has its page, its tests and its release entry.</summary>
public sealed class RuleCoverageTests
{
    internal static readonly string Root = FindRoot();

    private static readonly string[] Sections = ["What", "Why", "Wrong", "Right", "Fix"];

    private static readonly string[] TestNames =
    [
        .. typeof(RuleCoverageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
            .Select(method => method.Name),
    ];

    private static readonly CodeFixProvider[] Fixes =
    [
        .. typeof(MakePartialFix).Assembly.GetTypes()
            .Where(type => typeof(CodeFixProvider).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    public static TheoryData<string> Rules => [.. RuleCatalog.All.Select(rule => rule.Id)];

    [Fact]
    public void Every_rule_has_an_id_of_its_own() =>
        Assert.Equal(RuleCatalog.All.Length, RuleCatalog.All.Select(rule => rule.Id).Distinct().Count());

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_has_a_test_where_it_fires_and_one_where_it_stays_silent(string id)
    {
        Assert.Contains(
            TestNames,
            name => Mentions(name, id) && name.Contains("_report", StringComparison.Ordinal) && !IsSilent(name));
        Assert.Contains(TestNames, name => Mentions(name, id) && IsSilent(name));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_has_a_page_that_says_what_why_wrong_and_right(string id)
    {
        DiagnosticDescriptor rule = Find(id);
        string page = File.ReadAllText(Path.Combine(Root, "docs", "diagnostics", id + ".md"));
        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains($"| {rule.Category} | {rule.DefaultSeverity} |", page, StringComparison.Ordinal);
        int[] sections = [.. Sections.Select(section => page.IndexOf($"\n## {section}\n", StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, sections);
        Assert.Equal(sections.Order(), sections);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_has_a_fix_on_its_page_or_says_why_there_is_none(string id)
    {
        string page = File.ReadAllText(Path.Combine(Root, "docs", "diagnostics", id + ".md"));
        string text = page[(page.IndexOf("\n## Fix\n", StringComparison.Ordinal) + "\n## Fix\n".Length)..].Trim();
        string table = File.ReadAllText(Path.Combine(Root, "docs", "diagnostics", "README.md"));
        string row = table.Split('\n').Single(line => line.StartsWith($"| [{id}]", StringComparison.Ordinal));
        bool isFixed = Fixes.Any(fix => fix.FixableDiagnosticIds.Contains(id));
        Assert.Equal(isFixed, text.StartsWith('*'));
        Assert.Equal(!isFixed, text.StartsWith("None: ", StringComparison.Ordinal));
        Assert.Equal(isFixed, row.Contains("\U0001F527", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_fix_repairs_all_at_once_and_has_tests()
    {
        string[] testClasses = [.. typeof(RuleCoverageTests).Assembly.GetTypes().Select(type => type.Name)];
        Assert.All(Fixes, fix =>
        {
            Assert.NotNull(fix.GetFixAllProvider());
            Assert.Contains(fix.GetType().Name + "Tests", testClasses);
        });
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_has_a_row_in_the_table_of_all_rules(string id)
    {
        DiagnosticDescriptor rule = Find(id);
        string table = File.ReadAllText(Path.Combine(Root, "docs", "diagnostics", "README.md"));
        Assert.Contains(
            $"| [{id}]({id}.md) | {rule.DefaultSeverity} | {rule.Title} |", table, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_has_a_release_entry(string id)
    {
        DiagnosticDescriptor rule = Find(id);
        string directory = Path.Combine(Root, "src", "ModelDsl.Generator");
        string releases = File.ReadAllText(Path.Combine(directory, "AnalyzerReleases.Shipped.md"))
            + File.ReadAllText(Path.Combine(directory, "AnalyzerReleases.Unshipped.md"));
        string severity = rule.IsEnabledByDefault ? $"{rule.DefaultSeverity}" : "Disabled";
        Assert.Contains($"\n{id} | {rule.Category} | {severity} | ", releases, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_belongs_to_a_rule()
    {
        IEnumerable<string> pages = Directory.EnumerateFiles(Path.Combine(Root, "docs", "diagnostics"), "MDL*.md")
            .Select(page => Path.GetFileNameWithoutExtension(page));
        Assert.Equal(RuleCatalog.All.Select(rule => rule.Id), pages.Order(StringComparer.Ordinal));
    }

    private static DiagnosticDescriptor Find(string id) => RuleCatalog.All.Single(rule => rule.Id == id);

    private static bool Mentions(string test, string id) => test.Split('_').Contains(id);

    private static bool IsSilent(string test) => test.Contains("_not_report_", StringComparison.Ordinal);

    private static string FindRoot([CallerFilePath] string file = "")
    {
        DirectoryInfo? directory = new FileInfo(file).Directory;
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "ModelDsl.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException(
            "expected the tests to lie within the solution");
    }
}
