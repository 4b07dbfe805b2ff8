namespace ModelDsl.Generator.Tests.Pipeline;

/// <summary>A project under edit: the driver keeps its caches from run to run, as in an editor.</summary>
internal sealed class GeneratorRun
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private GeneratorDriver _driver = TestCompiler.CreateDriver();
    private CSharpCompilation _compilation;

    public GeneratorRun(params string[] sources)
    {
        _compilation = TestCompiler.CreateCompilation(sources);
        Result = Run();
    }

    public GeneratorRunResult Result { get; private set; }

    /// <summary>Replaces a text within one file and runs the generator again.</summary>
    public void Edit(int file, string before, string after)
    {
        SyntaxTree tree = _compilation.SyntaxTrees[file];
        string text = tree.GetText().ToString();
        Assert.Contains(before, text, StringComparison.Ordinal);
        SyntaxTree edited = CSharpSyntaxTree.ParseText(
            text.Replace(before, after, StringComparison.Ordinal), ParseOptions, tree.FilePath);
        _compilation = _compilation.ReplaceSyntaxTree(tree, edited);
        Result = Run();
    }

    /// <summary>Adds a file and runs the generator again.</summary>
    public void AddFile(string source)
    {
        _compilation = _compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, ParseOptions, "Added.cs"));
        Result = Run();
    }

    /// <summary>Why each output of a step is what it is, in the order of the models.</summary>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string step) =>
        [.. Result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];

    /// <summary>The steps of a name whose work was done again.</summary>
    public int WorkDone(string step) =>
        Reasons(step).Count(reason => reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));

    private GeneratorRunResult Run()
    {
        _driver = _driver.RunGenerators(_compilation);
        GeneratorRunResult result = _driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return result;
    }
}
