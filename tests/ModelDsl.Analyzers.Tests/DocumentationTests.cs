using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ModelDsl.Analyzers.Tests.Weights;

namespace ModelDsl.Analyzers.Tests;

/// <summary>The examples on the rules' pages are compiled: the wrong one breaks the rule, the right one none.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Rules => RuleCoverageTests.Rules;

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Wrong_example_breaks_the_rule_and_no_other(string id)
    {
        ImmutableArray<Diagnostic> diagnostics = await RunAsync(id, "Wrong");
        Assert.NotEmpty(diagnostics);
        Assert.All(
            diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Info), diagnostic => Assert.Equal(id, diagnostic.Id));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Right_example_breaks_no_rule(string id) => Assert.Empty(await RunAsync(id, "Right"));

    [Fact]
    public async Task Picture_of_a_diagnostic_shows_what_is_reported_and_the_fix()
    {
        XDocument picture = XDocument.Load(Path.Combine(RuleCoverageTests.Root, "docs", "images", "diagnostic.svg"));
        string[] lines = [.. picture.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        string[] code = [.. lines.SkipWhile(line => line != "[Model]").TakeWhile(line => line != "MDL0012").Where(line => line.Length > 1)];
        Diagnostic reported = Assert.Single(
            await Diagnose.RunAsync(new Situation { Sources = [string.Join('\n', code)] }));
        Assert.Equal("MDL0012", reported.Id);
        Assert.Contains(
            reported.GetMessage(CultureInfo.InvariantCulture), string.Join(' ', lines), StringComparison.Ordinal);

        string broken = string.Join('\n', code).Replace(
            "Dense(512)", "{|MDL0012:Dense(512)|}", StringComparison.Ordinal);
        string removed = Assert.Single(lines, line => line.StartsWith("- ", StringComparison.Ordinal))[2..];
        string added = Assert.Single(lines, line => line.StartsWith("+ ", StringComparison.Ordinal))[2..];
        await Fix.Repairs<InsertFlattenFix>(
            broken, string.Join('\n', code).Replace(removed, added, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Example_of_places_reports_what_its_comments_say()
    {
        string page = File.ReadAllText(Path.Combine(RuleCoverageTests.Root, "docs", "diagnostics", "README.md"));
        string source = Code().Match(page).Groups["code"].Value;
        ImmutableArray<Diagnostic> diagnostics = await Diagnose.RunAsync(new Situation { Sources = [source] });
        string[] lines = source.Split('\n');
        Assert.Equal(
            ["MDL0012", "MDL0032"],
            diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(diagnostic => diagnostic.Id));
        Assert.All(diagnostics, diagnostic =>
            Assert.Contains("// " + diagnostic.Id, lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line - 1], StringComparison.Ordinal));
        Assert.Contains(
            "its input is ?x?x8 from [Conv2D(8, 3)]",
            diagnostics.Single(diagnostic => diagnostic.Id == "MDL0012").GetMessage(CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    /// <summary>The code of a section of a rule's page.</summary>
    internal static string Example(string id, string section) =>
        Code().Match(Section(id, section)).Groups["code"].Value;

    // The code of a section, with the file of weights whose header it shows, if any.
    private static async Task<ImmutableArray<Diagnostic>> RunAsync(string id, string section)
    {
        string text = Section(id, section);
        string source = Example(id, section);
        Assert.NotEmpty(source);
        Situation situation = ProjectOf(text) with { Sources = [source] };
        if (Header().Match(text) is not { Success: true } header)
        {
            return await Diagnose.RunAsync(situation);
        }

        using var file = new WeightsFile(header.Groups["json"].Value, name: "linear.safetensors");
        return await Diagnose.RunAsync(file.Situation with { Sources = situation.Sources });
    }

    // The settings of the project that a section shows, and the library that it references, if any.
    private static Situation ProjectOf(string section)
    {
        Match language = Regex.Match(section, "<LangVersion>(?<version>.*?)</LangVersion>");
        Match aliases = Regex.Match(section, "Aliases=\"(?<aliases>.*?)\"");
        Match rule = Regex.Match(section, @"dotnet_diagnostic\.(?<id>MDL\d+)\.severity = suggestion");
        Match library = Regex.Match(section, "```cs\n(?<code>.*?)\n```", RegexOptions.Singleline);
        var situation = new Situation
        {
            Rules = rule.Success ? [rule.Groups["id"].Value] : [],
            Library = library.Success ? library.Groups["code"].Value : null,
        };
        if (language.Success)
        {
            Assert.True(LanguageVersionFacts.TryParse(language.Groups["version"].Value, out LanguageVersion version));
            situation = situation with { Language = version.MapSpecifiedToEffectiveVersion() };
        }

        return aliases.Success
            ? situation with { Aliases = [.. aliases.Groups["aliases"].Value.Split(',')] }
            : situation;
    }

    private static string Section(string id, string section)
    {
        string page = File.ReadAllText(Path.Combine(RuleCoverageTests.Root, "docs", "diagnostics", id + ".md"));
        string text = page[page.IndexOf($"## {section}\n", StringComparison.Ordinal)..];
        int next = text.IndexOf("\n## ", 1, StringComparison.Ordinal);
        return next < 0 ? text : text[..next];
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("```json\n(?<json>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Header();
}
