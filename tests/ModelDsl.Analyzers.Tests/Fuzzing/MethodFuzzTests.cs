using System.Collections.Concurrent;

namespace ModelDsl.Analyzers.Tests.Fuzzing;

/// <summary>
/// Half-typed forward methods: generator and analyzers neither throw nor hang nor run out of stack, whatever stands in
/// a body. The variable MODELDSL_FUZZ_METHODS asks for more edits than the usual number.
/// </summary>
public sealed class MethodFuzzTests
{
    private const int EditsByDefault = 200;
    private const int MostChanges = 3;

    // So many programs share one run of the generator and of the analyzers.
    private const int ProgramsInOneRun = 50;

    private static readonly int Edits = FuzzSettings.Number("MODELDSL_FUZZ_METHODS", EditsByDefault);

    private static readonly string[] Programs =
    [
        .. FuzzCorpus.Programs.Where(program => program.Contains("Tensor Forward(", StringComparison.Ordinal)),
        """
        [Model, Input(4, 6), MeanSquaredError]
        public partial class Operations
        {
            private static Tensor Forward(
                Tensor x, [Parameter(6, Initial = 1)] Tensor gain, [Parameter(4, 6)] Tensor weight)
            {
                Tensor centred = (x - x.Mean([-1], keepDimensions: true)) / (
                    x.Variance([-1], keepDimensions: true) + 1e-3).Sqrt() * gain;
                Tensor chosen = Tensor.Where(centred > 0, centred.Sin(), 0.1 * centred) + (centred <= gain) * weight;
                Tensor turned =
                    chosen.Transpose(1, 0).MatMul(weight).Softmax(0).CumSum(1, exclusive: true, reverse: true);
                Tensor moved = turned.Tile(1, 2).Slice(1, 11, 2, dimension: 1).Pad([1, 0], [0, 2], PadMode.Reflect)
                    .Gather([2, 0, 2], 1);
                (Tensor left, Tensor right) = Tensor.Stack([chosen, centred], dimension: 1).Reshape(8, 6).Split(2);
                (left, right) = (right, left);
                return Tensor.Concat([moved.Sum(0), left.Norm(1), right.LogSumExp(0), (left * right).Max().Tanh()])
                    .Dense(3);
            }
        }
        """,
        """
        [Model, Input(9, 4, Sequence = true), MeanSquaredError]
        public partial class Translator
        {
            private static Tensor Forward(Tensor x, [Parameter(5)] Tensor start)
            {
                var (encoded, state) =
                    x[..4].LstmWithState(5, initialState: (start, x[0].Dense(5)), unroll: Unrolling.Never);
                (Tensor decoded, (Tensor hidden, Tensor cell)) = x[4..].LstmWithState(5, state);
                (Tensor y, Tensor last) =
                    decoded.GruWithState(units: 5, initialState: hidden * cell, goBackwards: true);
                (y, last) = encoded.SimpleRnnWithState(3, initialState: null, activation: RecurrentActivation.Relu);
                return (y.GlobalAveragePool(), last, decoded.GruWithState(2).State, state.Cell).Concat().Dense(3);
            }
        }
        """,
        """
        [Model, Input(8, 4, Sequence = true), MeanSquaredError]
        public partial class Decoder
        {
            private const int Layers = 3;
            private static readonly int[] Widths = [4, 2 * 2];

            private static Tensor Forward(Tensor x, [Parameter(3, 5)] Tensor mask)
            {
                Tensor memory = x[..5].Dense(4, name: "memory").Tanh(), y = x[5..^0];
                int left = Layers;
                while (left-- > 0)
                {
                    y += y.Block<Cross>(memory);
                    if (left == 1) { continue; }
                    foreach (int width in Widths) { y = Wide(y, width) is var wide && width > 3 ? wide : y; }
                }

                return y.Attention(memory, memory, mask: mask, heads: Math.Max(1, Widths.Length))[^1].Dense(3);
                static Tensor Wide(Tensor a, int units, double share = 0.5) => share * a.Dense(units) + (1 - share) * a;
            }
        }
        [Block]
        public partial class Cross
        {
            private static Tensor Forward(Tensor x, Tensor memory) =>
                x.LayerNorm().Dense(4).Attention(memory.Dense(2), memory.Dense(2), heads: 2, keyValueHeads: 1)
                    .Residual<Gate>();
        }
        [Block]
        public partial class Gate
        {
            private static Tensor Forward(Tensor x) =>
                x.Dense(8).Split(2) is var parts ? parts[0] * parts[1].Sigmoid() : x;
        }
        """,
        """
        [Model(InputGradient = true), Input(5), Dense(6), Tanh, Outputs<Kind, Place>]
        public partial class Judged;
        [Block, Dense(3), Loss<Focal>(Weight = 0.5)] public partial class Kind;
        [Block, Dense(2), Loss<Distance>] public partial class Place;
        [Block]
        public partial class Focal
        {
            private static Tensor Forward(Tensor logits, [Labels] Tensor labels)
            {
                Tensor likely = (logits.LogSoftmax() * labels.OneHot(3)).Sum();
                return -((1 - likely.Exp()).Square() * likely);
            }
        }
        [Block]
        public partial class Distance
        {
            private static Tensor Forward(Tensor y, [Target(2)] Tensor t, [Parameter(1, Initial = 1)] Tensor scale) =>
                ((y - t).Square().Sum() + 0.5).Sqrt() * scale;
        }
        [Model(Inference = true), Input(4)]
        public partial class Halved
        {
            private static Tensor Forward(Tensor x) => x.Dense(6).Split(2)[1];
        }
        """,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Edited_bodies_never_break_the_compiler(int seed)
    {
        var random = new Random(seed);
        var mutator = new TokenMutator(random, Programs);
        int withoutErrors = 0;
        for (int done = 0; done < Edits; done += ProgramsInOneRun)
        {
            string[] programs =
                [.. Enumerable.Range(0, Math.Min(ProgramsInOneRun, Edits - done)).Select(_ => Edit(random, mutator))];
            withoutErrors += await CheckAsync(programs);
        }

        // Else the test would be of no use.
        Assert.True(withoutErrors > Edits / 50, $"only {withoutErrors} of {Edits} programs were free of errors");
    }

    // What a model has whose layers do not fit is worked out without those: their numbers have gaps.
    [Theory]
    [InlineData("Parameter(6,", "Parameter(3,")]
    [InlineData("Parameter(4, 6)", "Parameter()")]
    [InlineData("Parameter(4, 6)", "Parameter(0, 6)")]
    [InlineData("Input(4, 6)", "Input()")]
    public async Task A_parameter_that_does_not_fit_does_not_break_the_compiler(string right, string wrong)
    {
        string program = Programs.Single(program => program.Contains("class Operations", StringComparison.Ordinal));
        Assert.Equal(0, await CheckAsync([program.Replace(right, wrong, StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData(".Block<>()")]
    [InlineData(".Block<int[]>()")]
    [InlineData(".Block<(int, int)>()")]
    [InlineData(".Residual<>()")]
    [InlineData(".Sum<, >()")]
    public async Task A_block_that_is_not_typed_yet_does_not_break_the_compiler(string call)
    {
        string program = Programs.Single(program => program.Contains("class Gate", StringComparison.Ordinal));
        Assert.Equal(0, await CheckAsync([program.Replace(".Dense(8)", call, StringComparison.Ordinal)]));
    }

    // A few changes within one method; now and then a piece of it very often, as when somebody keeps a key down.
    private static string Edit(Random random, TokenMutator mutator)
    {
        string program = Programs[random.Next(Programs.Length)];
        MethodDeclarationSyntax[] methods =
        [
            .. CSharpSyntaxTree.ParseText(program).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>(),
        ];
        TextSpan span = methods[random.Next(methods.Length)].Span;
        string text = program.Substring(span.Start, span.Length);
        string changed = mutator.Change(text, 1 + random.Next(MostChanges));
        if (random.Next(100) == 0)
        {
            int start = random.Next(changed.Length);
            string piece = changed.Substring(start, random.Next(Math.Min(20, changed.Length - start)));
            changed = changed.Insert(start, string.Concat(Enumerable.Repeat(piece, 300)));
        }

        return program[..span.Start] + changed + program[span.End..];
    }

    /// <summary>The number of programs without errors.</summary>
    private static async Task<int> CheckAsync(string[] programs)
    {
        try
        {
            return await CheckTogetherAsync(programs);
        }
        catch (Exception) when (programs.Length > 1)
        {
            foreach (string program in programs)
            {
                try
                {
                    await CheckTogetherAsync([program]);
                }
                catch (Exception exception)
                {
                    throw new InvalidOperationException($"Failed on:\n{program}", exception);
                }
            }

            throw;
        }
    }

    private static async Task<int> CheckTogetherAsync(string[] programs)
    {
        CSharpCompilation sources = TestCompiler.CreateCompilation([.. programs.Select(TokenMutator.Number)]);
        GeneratorDriver driver = TestCompiler.CreateDriver().RunGeneratorsAndUpdateCompilation(
            sources, out Compilation compilation, out _);
        Assert.Null(driver.GetRunResult().Results.Single().Exception);
        var exceptions = new ConcurrentQueue<Exception>();
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            Situation.AllAnalyzers,
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), (exception, _, _) =>
                    exceptions.Enqueue(exception), concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        int withoutErrors = 0;
        foreach (SyntaxTree tree in sources.SyntaxTrees)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            ImmutableArray<Diagnostic> reported =
                await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, null, default);
            withoutErrors += reported.Concat(model.GetDiagnostics())
                .Any(one => one.Severity == DiagnosticSeverity.Error) ? 0 : 1;
        }

        Assert.Empty(exceptions);
        return withoutErrors;
    }
}
