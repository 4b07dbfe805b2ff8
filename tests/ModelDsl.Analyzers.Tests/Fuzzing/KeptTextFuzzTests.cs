using System.Text.RegularExpressions;
using ModelDsl.Generator.Analysis;

namespace ModelDsl.Analyzers.Tests.Fuzzing;

/// <summary>
/// Repairs of programs that are full of comments, directives and odd layout: all that stands between attributes stays,
/// in its order; the outcome parses; the rule is no longer broken where it was, and no other one instead. The variable
/// MODELDSL_FUZZ_ITERATIONS asks for more than the usual number.
/// </summary>
public sealed partial class KeptTextFuzzTests
{
    private const int IterationsByDefault = 12;

    private static readonly int Iterations = FuzzSettings.Number("MODELDSL_FUZZ_ITERATIONS", IterationsByDefault);

    private static readonly ILookup<string, CodeFixProvider> FixesOf = typeof(MakePartialFix).Assembly.GetTypes()
        .Where(type => typeof(CodeFixProvider).IsAssignableFrom(type) && !type.IsAbstract)
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)
        .SelectMany(fix => fix.FixableDiagnosticIds.Select(id => (id, fix)))
        .ToLookup(pair => pair.id, pair => pair.fix);

    /// <summary>Programs that break rules with repairs; a § may become anything that means nothing.</summary>
    private static readonly string[] Programs =
    [
        "§[Model§,§ Input(3),§ Dense(2)§,§ Softmax§, §SoftmaxCrossEntropy§]§\npublic partial class A;\n",
        "§[Model]§\n§[Input(3)]§\n§[Dense(2)]§\n§[Softmax]§\n§[SoftmaxCrossEntropy]§\npublic partial class A;\n",
        "§[Model]§ [Input(3)]§ [Dense(2)] §[Dropout(0.5f)]§ [MeanSquaredError]§ public partial class A;\n",
        "§[Model]§\n§[Dense(2)]§\n§[Input(3)]§\n§[MeanSquaredError]§\npublic partial class A;\n",
        "§[Model,§ Dense(2),§ Input(3)§,§ MeanSquaredError§]§ public partial class A;\n",
        "§[Model,§ Input(3),§ Input(3)§,§ Dense(2), MeanSquaredError§]§ public partial class A;\n",
        "§[Model]§\n§[Input(3)]§\n§[MeanSquaredError]§\n§[Dense(2)]§\n§public partial class A;\n",
        "§[Model,§ Input(3),§ MeanSquaredError§,§ Dense(2)§]§ public partial class A;\n",
        "§[Model]§\n§[Input(3)]§\n§[Dense(2)]§\n§public§ partial class A;\n",
        "§[Model, Input(3),§ Dense(2)§]§ public partial class A;\n",
        "§[Input(3)]§\n§[Dense(2), MeanSquaredError§]§\npublic partial class A;\n",
        "§[Model,§ Input(2, 3)§,§ Dense(2)§, MeanSquaredError]§ public partial class A;\n",
        "§[Model]§\n§[Input(3)]§\n§[Dense(2)]§\n§[Dense(2)]§\n§[MeanSquaredError]§\npublic partial class A;\n",
        "§[Model, Input(3), Dense(2)]§\n§[MeanSquaredError]§\n§[Hinge]§\npublic partial class A;\n",
        "§[Model, Input(3), Dense(1),§ SoftmaxCrossEntropy(LabelSmoothing = 0.1f§, §IgnoredLabel = -1)§]§ public partial class A;\n",
        "§[Model, Input(3), Dense(4,§ UseBias = true§)§, BatchNorm, Relu, Dense(1), MeanSquaredError]§ public partial class A;\n",
        "§[Model, Input(3), Dense(4, §Name = \"x\"§), Relu, Dense(1,§ Name = \"x\"§), MeanSquaredError]§ public partial class A;\n",
        "§[Model, Input(3), Dense(2, WeightInitializer = §Initializer.HeNormal§), Tanh, Dense(1), MeanSquaredError]§ public partial class A;\n",
        "§[Model, Input(3)§, Embedding(5, 2), Flatten, Dense(1), MeanSquaredError]§ public partial class A;\n",
        "§[Model, Input(6, 2), Gru(3§), Flatten, Dense(1), MeanSquaredError]§ public partial class A;\n",
        "§[Model, Input(6, 2, Sequence = true), Gru(3,§ ReturnSequences = false§), Gru(2), Flatten, Dense(1), MeanSquaredError]§ public partial class A;\n",
        "§[Model, Input(8, 8, 1), Conv2D(2, 3,§ Padding = Padding.Same,§ PaddingHeight = 1§), Flatten, Dense(1), MeanSquaredError]§ public partial class A;\n",
        "§[Model, Input(3), Dense(2), MeanSquaredError]§ public§ class§ A;\n",
        "§[Model, Input(3), Dense(2), MeanSquaredError]§ public§ static§ partial class§ A;\n",
        "§[Model, Input(3), Dense(2), MeanSquaredError]§ public partial class A\n{\n§    public A(int n)§ { }\n}\n",
        "§[Block,§ Dense(4)§,§ Dense(4)§]§ public partial class B;\n[Model, Input(4), Residual<B>, Relu, Dense(1), MeanSquaredError] public partial class A;\n",
        "§[Block]§\n§[Dense(4)]§\n§[Softmax]§\n§public partial class B;\n[Model, Input(4), Repeat<B>(1), SoftmaxCrossEntropy] public partial class A;\n",
        "§[Block,§ Dense(4)§,§ Softmax§,§ SoftmaxCrossEntropy§]§ public partial class B;\n[Block, Dense(1), MeanSquaredError] public partial class C;\n"
            + "[Model, Input(4), Dense(3), Relu, Outputs<B, C>] public partial class A;\n",
    ];

    [Fact]
    public async Task Repairs_keep_all_text_that_is_not_their_own()
    {
        var random = new Random(1);
        int repairs = 0;
        for (int i = 0; i < Iterations; i++)
        {
            foreach (string program in Programs)
            {
                int next = 0;
                string text = Place().Replace(program, _ => Noise(random, ref next));
                repairs += await CheckAsync(i % 2 == 0 ? text : text.Replace("\n", "\r\n", StringComparison.Ordinal));
            }
        }

        // Else the test would be of no use.
        Assert.True(repairs > Iterations * Programs.Length / 2, $"only {repairs} repairs");
    }

    private static string Noise(Random random, ref int next)
    {
        int id = next++;
        return random.Next(12) switch
        {
            0 => $" /* c{id}. */ ",
            1 => $" // c{id}.\n    ",
            2 => $"\n#if DEBUG // c{id}.\n[Dense(c{id}.)]\n#endif\n",
            3 => $"\n#if !DEBUG // c{id}.\n#else\n, Dense(c{id}.)\n#endif\n  ",
            4 => $"\n#region c{id}.\n#endregion\n",
            5 => $"\n\n    /* c{id}.\n  */\n",
            6 => "\n\n",
            _ => "",
        };
    }

    private static async Task<int> CheckAsync(string text)
    {
        ImmutableArray<Diagnostic> before = await AnalyzeAsync(text);
        int repairs = 0;
        foreach (Diagnostic diagnostic in before.Where(diagnostic => FixesOf.Contains(diagnostic.Id)))
        {
            foreach (CodeFixProvider fix in FixesOf[diagnostic.Id])
            {
                foreach (string repaired in await RepairAsync(text, diagnostic, fix))
                {
                    repairs++;
                    string message =
                        $"{fix.GetType().Name} of {diagnostic.Id}\n--- before\n{text}\n--- after\n{repaired}\n---\n";
                    await CheckAsync(text, before, diagnostic, repaired, message);
                }
            }
        }

        return repairs;
    }

    private static async Task CheckAsync(
        string text, ImmutableArray<Diagnostic> before, Diagnostic diagnostic, string repaired, string message)
    {
        // A mark in what is removed itself may go with it; in all else each stays, in its order.
        SyntaxNode root = Parse(text);
        HashSet<string> inAttributes =
        [
            .. root.DescendantNodes().OfType<AttributeSyntax>().SelectMany(
                attribute => Mark().Matches(attribute.ToString()).Select(mark => mark.Value)),
        ];
        IEnumerable<string> marks = Mark().Matches(text).Select(mark => mark.Value).Where(
            mark => !inAttributes.Contains(mark));
        IEnumerable<string> kept = Mark().Matches(repaired).Select(mark => mark.Value).Where(
            mark => !inAttributes.Contains(mark));

        // What stands above and behind an attribute goes with it where it is moved.
        bool isMoved = diagnostic.Id is "MDL0006" or "MDL0009";
        Assert.True(
            isMoved
                ? marks.Order(StringComparer.Ordinal).SequenceEqual(kept.Order(StringComparer.Ordinal))
                : marks.SequenceEqual(kept),
            message + "lost or moved");

        SyntaxNode after = Parse(repaired);
        string[] errors = [.. after.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error).Select(error => error.ToString())];
        Assert.True(errors.Length == 0, message + string.Join('\n', errors));
        Assert.True(Directives(root).SequenceEqual(Directives(after)), message + "directives");
        Assert.True(
            text.Contains('\r', StringComparison.Ordinal) || !repaired.Contains('\r', StringComparison.Ordinal),
            message + "line ends");
        if (text.Contains('\r', StringComparison.Ordinal))
        {
            Assert.False(LoneEnd().IsMatch(repaired), message + "line ends");
        }

        ImmutableArray<Diagnostic> remaining = await AnalyzeAsync(repaired);
        Assert.True(
            remaining.Count(other => other.Id == diagnostic.Id) < before.Count(other => other.Id == diagnostic.Id),
            message + "not repaired: " + string.Join('\n', remaining));

        // Neither of ModelDsl nor of the C# compiler. The generated half is made only where its absence may be to
        // blame.
        Diagnostic[] found = NewErrors(before, remaining);
        if (found.Length > 0)
        {
            found = NewErrors(
                await AnalyzeAsync(text, isGenerated: true), await AnalyzeAsync(repaired, isGenerated: true));
        }

        Assert.True(found.Length == 0, message + "new: " + string.Join('\n', found.AsEnumerable()));
    }

    private static Diagnostic[] NewErrors(ImmutableArray<Diagnostic> before, ImmutableArray<Diagnostic> after) =>
    [
        .. after.Where(IsError).GroupBy(error => error.Id)
            .Where(errors => errors.Count() > before.Count(error => IsError(error) && error.Id == errors.Key))
            .SelectMany(errors => errors),
    ];

    private static IEnumerable<string> Directives(SyntaxNode root) =>
        root.DescendantTrivia().Where(trivia => trivia.IsDirective).Select(trivia => trivia.ToString().Trim());

    private static SyntaxNode Parse(string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp14)).GetRoot();

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string text, bool isGenerated = false)
    {
        Compilation compilation = TestCompiler.CreateCompilation(text);
        if (isGenerated)
        {
            TestCompiler.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out compilation, out _);
        }

        return
        [
            .. await compilation.WithAnalyzers([new ModelAnalyzer()]).GetAnalyzerDiagnosticsAsync(),
            .. compilation.GetDiagnostics().Where(IsError),
        ];
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private static async Task<IReadOnlyList<string>> RepairAsync(
        string text, Diagnostic diagnostic, CodeFixProvider fix)
    {
        using var workspace = new AdhocWorkspace();
        Document document = workspace.AddProject("Fuzz", LanguageNames.CSharp)
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.CSharp14))
            .AddDocument("Model.cs", text);
        SyntaxTree tree = (await document.GetSyntaxTreeAsync())!;
        Diagnostic moved = Diagnostic.Create(
            diagnostic.Descriptor,
            Move(diagnostic.Location),
            diagnostic.AdditionalLocations.Select(Move),
            diagnostic.Properties);
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(
            new CodeFixContext(document, moved, (action, _) => actions.Add(action), CancellationToken.None));
        var texts = new List<string>();
        foreach (CodeAction action in actions)
        {
            foreach (
                ApplyChangesOperation change in (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>())
            {
                texts.Add((await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString());
            }
        }

        return texts;

        // The compilation puts a line of usings before each text.
        Location Move(Location location) => Location.Create(
            tree, new TextSpan(location.SourceSpan.Start - TestCompiler.Usings.Length, location.SourceSpan.Length));
    }

    [GeneratedRegex("§")]
    private static partial Regex Place();

    [GeneratedRegex(@"c\d+\.")]
    private static partial Regex Mark();

    [GeneratedRegex(@"(?<!\r)\n")]
    private static partial Regex LoneEnd();
}
