using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Generator.Tests.Documentation;

/// <summary>
/// The code of one Markdown document. All blocks marked <c>csharp</c> form one program: statements in the order of the text,
/// types wherever they stand. Statements of blocks marked <c>csharp norun</c> form another, which is too long to run. Blocks
/// marked <c>cs</c> are excerpts of generated code.
/// </summary>
internal sealed partial class Document(string name)
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;

        """;

    /// <summary>The whole document.</summary>
    public string Text { get; } = Read(name);

    /// <summary>The program to run.</summary>
    public string Program => Combine("csharp");

    /// <summary>The program to compile only; empty of statements where there is none.</summary>
    public string LongProgram => Combine("csharp norun");

    /// <summary>The types of all blocks.</summary>
    public string Types => Combine("");

    /// <summary>The excerpts of generated code.</summary>
    public IEnumerable<string> Excerpts => Blocks("cs");

    private string Combine(string statements)
    {
        CompilationUnitSyntax[] all = [.. Blocks("csharp").Concat(Blocks("csharp norun")).Select(Parse)];
        IEnumerable<string> usings = all.SelectMany(unit => unit.Usings).Select(@using => @using.ToString())
            .Where(@using => @using != "using ModelDsl;").Distinct();
        IEnumerable<string> code = Blocks(statements).Select(Parse).SelectMany(unit => unit.Members)
            .OfType<GlobalStatementSyntax>().Select(statement => statement.ToFullString());
        IEnumerable<string> types = all.SelectMany(unit => unit.Members)
            .Where(member => member is not GlobalStatementSyntax).Select(member => member.ToFullString());
        return Usings + string.Join("\n", [.. usings, .. code, .. types]);
    }

    private IEnumerable<string> Blocks(string mark) =>
        Fence().Matches(Text).Where(match => match.Groups["mark"].Value == mark).Select(match => match.Groups["code"].Value);

    private static CompilationUnitSyntax Parse(string code) =>
        SyntaxFactory.ParseCompilationUnit(code, options: new CSharpParseOptions(LanguageVersion.CSharp14));

    private static string Read(string name)
    {
        using Stream stream = typeof(Document).Assembly.GetManifestResourceStream($"Documents/{name}")
            ?? throw new FileNotFoundException($"no document {name} is embedded");
        return new StreamReader(stream).ReadToEnd();
    }

    [GeneratedRegex(@"^```(?<mark>[^\n]+)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
