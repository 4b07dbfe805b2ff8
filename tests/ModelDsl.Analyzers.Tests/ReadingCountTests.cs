using System.Collections.Concurrent;
using ModelDsl.Generator.Analysis;

namespace ModelDsl.Analyzers.Tests;

/// <summary>Which models the analyzers read again after an edit.</summary>
[Collection(nameof(LoweringCountTests))]
public sealed class ReadingCountTests
{
    private static int _programs;

    private readonly string _namespace = $"Read{Interlocked.Increment(ref _programs)}";

    private string Source =>
        $$"""
        using ModelDsl;
        namespace {{_namespace}};
        [Model, Input(3), MeanSquaredError] public partial class First
        {
            private static Tensor Forward(Tensor x) => Parts.Wide(x).Dense(2);
        }
        [Model, Input(3), MeanSquaredError] public partial class Second
        {
            private static Tensor Forward(Tensor x) => x.Dense(5).Block<Bend>();
        }
        [Model, Input(3), Dense(4), MeanSquaredError] public partial class Third;
        [Block] public partial class Bend { private static Tensor Forward(Tensor x) => x.Tanh(); }
        public static class Parts
        {
            public const int Width = 7;
            public static Tensor Wide(Tensor x) { return x.Dense(Width).Relu(); }
        }
        public static class Use { public static int Count() { return 41; } }
        """;

    [Theory]
    [InlineData("return 41", "return 42", "")]
    [InlineData("return 41", "return 4 2", "")]
    [InlineData("using ModelDsl;", "using ModelDsl; // for models", "")]
    [InlineData("Dense(2)", "Dense(3)", "First")]
    [InlineData(").Relu()", ").Silu()", "First")]
    [InlineData("x.Tanh()", "x.Sigmoid()", "Second")]
    [InlineData("Dense(4)", "Dense(6)", "Third")]
    [InlineData("Width = 7", "Width = 8", "First Second Third")]
    [InlineData("Wide(Tensor x)", "Wide(Tensor x, int more = 3)", "First Second Third")]
    public async Task Edit_reads_only_what_follows_from_it(string before, string after, string read)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            SourceText.From(Source, System.Text.Encoding.UTF8), path: "Typed.cs");
        Assert.Equal(["First", "Second", "Third"], (await ReadAsync(tree)).Read);
        int place = Source.IndexOf(before, StringComparison.Ordinal);
        SyntaxTree edited = tree.WithChangedText(
            tree.GetText().WithChanges(new TextChange(new TextSpan(place, before.Length), after)));
        Assert.Equal(read, string.Join(' ', (await ReadAsync(edited)).Read));
    }

    [Fact]
    public async Task Model_with_a_fault_is_reported_where_an_edit_has_moved_it()
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            SourceText.From(
                Source.Replace("Dense(2)", "Reshape(4)", StringComparison.Ordinal)
                    .Replace("x.Dense(5)", "x.Dense(5, useBias: x.ToString() == \"\")", StringComparison.Ordinal),
                System.Text.Encoding.UTF8),
            path: "Typed.cs");
        Diagnostic[] first = (await ReadAsync(tree)).Told;
        Assert.Equal(["MDL0013", "MDL0421"], first.Select(told => told.Id).Order(StringComparer.Ordinal));
        SyntaxTree edited =
            tree.WithChangedText(tree.GetText().Replace(0, 0, "// A comment that moves all lines.\n\n"));
        (string[] read, Diagnostic[] told) = await ReadAsync(edited);
        Assert.Equal(["Second"], read);
        Assert.Equal(first.Select(TextOf), told.Select(TextOf));
    }

    private static string TextOf(Diagnostic told) =>
        told.Id + " at " + told.Location.SourceTree!.GetText().ToString(told.Location.SourceSpan);

    // The models that the analyzers read, and what they report.
    private async Task<(string[] Read, Diagnostic[] Told)> ReadAsync(SyntaxTree tree)
    {
        var read = new ConcurrentQueue<string>();
        ReadModels.Reading += Note;
        try
        {
            Compilation compilation = Project.AddSyntaxTrees(tree);
            ImmutableArray<Diagnostic> told = await compilation
                .WithAnalyzers([new ModelAnalyzer()], new AnalyzerOptions([])).GetAnalyzerDiagnosticsAsync();
            return ([.. read.Order(StringComparer.Ordinal)], [.. told.OrderBy(one => one.Location.SourceSpan.Start)]);
        }
        finally
        {
            ReadModels.Reading -= Note;
        }

        void Note(string name)
        {
            if (name.StartsWith(_namespace + ".", StringComparison.Ordinal))
            {
                read.Enqueue(name[(_namespace.Length + 1)..]);
            }
        }
    }

    private static CSharpCompilation Project { get; } = TestCompiler.CreateCompilation("").RemoveAllSyntaxTrees();
}
