using ModelDsl.Generator.Analysis;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Projects;

namespace ModelDsl.Analyzers.Tests.Fuzzing;

/// <summary>
/// Random edits, one after the other, of files that depend on each other in every way: what is read after an edit is
/// what is read from scratch. The variable MODELDSL_FUZZ_EDITS asks for more than the usual number.
/// </summary>
public sealed class EditFuzzTests
{
    private const int EditsByDefault = 400;

    private static readonly int Edits = FuzzSettings.Number("MODELDSL_FUZZ_EDITS", EditsByDefault);

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static readonly string[] Files =
    [
        """
        using ModelDsl;
        using Small = App.Sizes;
        namespace App
        {
            [Model, Input(Sizes.In), Dense(Small.Hidden), Act, Residual<Think>, MeanSquaredError]
            public partial class Net : Base
            {
                public int Answer() { return 41; }
                public float Predict(Sizes sizes) => 1f;
            }
            [Model, Input(Sizes.In), MeanSquaredError]
            public partial class Graph
            {
                private static Tensor Forward(Tensor x)
                {
                    Tensor y = Parts.Wide(x, Sizes.Other);
                    for (int i = 0; i < Hidden; i++) { y = y.Block<Turned>().Relu(); }
                    return y.Dense(2);
                }
            }
            public partial class Outer<T> : Base
            {
                const int Width = 3;
                [Marked(MaxParameters = 100), Input(Width), Dense(In), Activation<Own<Kept>>, MeanSquaredError]
                partial class Inner;
            }
        }
        """,
        """
        using ModelDsl;
        [Model]
        [Input(4), Dense(Limits.Most), Relu, Repeat<App.Think>((int)Kind.Second), Outputs<Head, Head>]
        partial class Several { static int count = 3; const int Most = 5; }
        [Block(Shared = true), Dense(nameof(App.Net).Length, Name = nameof(App.Net)), MeanSquaredError]
        partial class Head;
        [Obsolete] class Unrelated { [Obsolete] int Count { get; set; } = 3; }
        """,
        """
        global using ModelDsl;
        global using Act = ModelDsl.TanhAttribute;
        global using Marked = ModelDsl.ModelAttribute;
        global using static App.Sizes;
        global using System;
        [assembly: CLSCompliant(true)]
        """,
        """
        namespace App;
        public class Sizes
        {
            public const int In = 3;
            public const int Hidden = (int)Kind.Second + 1;
            public static int Count(int number) { return number + 3; }
            public static readonly int Other = 5;
        }
        class Words { public string Text => "a"; class ReluAttribute : Attribute; }
        """,
        """
        enum Kind { First, Second = 2 }
        static class Limits { public const int Most = App.Sizes.In; public const string Name = "limit"; }
        namespace App
        {
            public class Base { protected Base(int size = 3) { Limits.Name.ToString(); } int count = 3; }
            [Obsolete("old")] class Kept;
            class Unused { void Do() { int Hidden = 4; } int this[int at] => at; }
            static class Parts
            {
                static readonly int Extra = 4;
                public static Tensor Wide(Tensor x, int units) { return x.Dense(units + Extra).Tanh(); }
            }
        }
        """,
        """
        using ModelDsl;
        using ModelDsl.Extensibility;
        namespace App;
        [Block, Dense(Sizes.In), Tanh, Residual<Deep>] public partial class Think;
        [Block(Shared = false)]
        [Sigmoid, Dense(3)] public partial class Deep;
        [Block] public partial class Turned { static Tensor Forward(Tensor x) { return x.Dense(5).Residual<Deep5>(); } }
        [Block, Dense(5)] public partial class Deep5;
        [Experimental("E1")] public readonly struct Own<T> : IActivation
        {
            public int Compute(int x) { return x * 3; }
        }
        """,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Edits_one_after_the_other_read_what_is_read_from_scratch(int seed)
    {
        var random = new Random(seed);
        var mutator = new TokenMutator(random, Files);
        CSharpCompilation compilation = TestCompiler.CreateCompilation().AddSyntaxTrees(
            Files.Select((text, number) => CSharpSyntaxTree.ParseText(text, ParseOptions, $"File{number}.cs")));
        var reader = new ModelReader();
        ImmutableArray<ModelDeclaration?> last = reader.Read(compilation, CancellationToken.None);
        Assert.Equal(4, last.Length);
        (int kept, int changed, int bound) = (0, 0, 0);
        for (int edit = 0; edit < Edits; edit++)
        {
            int file = random.Next(Files.Length);
            SyntaxTree before = compilation.SyntaxTrees[file];

            // Files that stay broken would hide most of what an edit can do.
            string text = random.Next(2) == 0 ? Files[file] : mutator.Change(before.ToString(), 1);
            SyntaxTree after = random.Next(2) == 0
                ? before.WithChangedText(SourceText.From(text))
                : CSharpSyntaxTree.ParseText(text, ParseOptions, before.FilePath);
            compilation = compilation.ReplaceSyntaxTree(before, after);
            ImmutableArray<ModelDeclaration?> now = reader.Read(compilation, CancellationToken.None);
            IEnumerable<ModelDeclaration?> anew = new ModelReader().Read(compilation, CancellationToken.None);
            Assert.True(
                InOrder(anew).SequenceEqual(InOrder(now)),
                $"seed {seed}, edit {edit} of {before.FilePath}:\n{before}\nbecame\n{after}\nwith\n"
                    + string.Join('\n', compilation.SyntaxTrees.Where(tree => tree != after)));
            CheckAnalyzersModels(compilation);
            bool keeps = now.Any(model => model is not null && last.Contains(model, ReferenceEqualityComparer.Instance));
            kept += keeps ? 1 : 0;
            changed += InOrder(now).SequenceEqual(InOrder(last)) ? 0 : 1;
            bound += now.Count(model => model is not null) > 1 ? 1 : 0;
            last = now;
        }

        // Else the test would be of no use.
        string counts = $"of {Edits} edits {kept} kept a model, {changed} changed one, {bound} left two models or more";
        Assert.True(kept > Edits / 10 && changed > Edits / 10 && bound > Edits / 2, counts);
    }

    // What the analyzers take over from the compilation before is what the types say now.
    private static void CheckAnalyzersModels(CSharpCompilation compilation)
    {
        var read = ReadModels.Of(compilation, CancellationToken.None);
        foreach (string name in (string[])["App.Net", "App.Graph", "App.Outer`1+Inner", "Several"])
        {
            if (compilation.Assembly.GetTypeByMetadataName(name) is { } type)
            {
                ParsedModel anew = ModelParser.Parse(type, CancellationToken.None);
                ReadModel now = read.Get(type, CancellationToken.None);
                Assert.Equal(anew.Declaration, now.Declaration);
                Assert.Equal(anew.Body.Issues.Select(TextOf), now.MethodIssues.Select(TextOf));
                Assert.Equal(anew.Sites.Length, now.Sites().Length);
            }
        }

        static string TextOf(Diagnostic told) => told.ToString();
    }

    private static IEnumerable<ModelDeclaration> InOrder(IEnumerable<ModelDeclaration?> models) =>
        models.OfType<ModelDeclaration>()
            .OrderBy(model => model.HintName, StringComparer.Ordinal)
            .ThenBy(model => model.ToString(), StringComparer.Ordinal);
}
