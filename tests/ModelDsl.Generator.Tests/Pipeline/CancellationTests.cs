using ModelDsl.Generator.Analysis;
using ModelDsl.Generator.Common;
using ModelDsl.Generator.Differentiation;
using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Planning;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Tests.Pipeline;

/// <summary>Every stage looks at its token all along, and ends where a look finds it cancelled.</summary>
public sealed class CancellationTests
{
    // A thousand copies of a block of six layers and two blocks.
    private const int Copies = 1000;

    private static int _fresh;

    private static readonly Lazy<Stages> Long = new(() => new Stages(Stages.Residual(Copies)));
    private static readonly Lazy<Stages> Short = new(() => new Stages(Stages.Transformer(3)));

    private static readonly Dictionary<string, Func<Stages, CancellationToken, object?>> All = new()
    {
        ["Declaration rules"] = (stages, token) => DeclarationRules.Check(stages.Symbol, token),
        ["Parsing"] = (stages, token) => ModelParser.Parse(stages.Symbol, token),
        ["Shapes"] = (stages, token) => ShapeInference.Run(stages.Model.Declaration, token),
        ["Lowering"] = (stages, token) => LoweredModel.From(
            stages.Shaped, keepsActivations: false, convolution: default, token),
        ["Differentiation"] = (stages, token) => DifferentiatedModel.From(
            stages.Lowered, hasInputGradient: true, clipsSamples: true, token),
        ["Dropout masks"] = (stages, token) =>
            DropoutMaskElision.Run(stages.Lowered.Forward, stages.Differentiated.Backward, token),
        ["Fusion"] = (stages, token) => FusedModel.From(stages.Differentiated, token),
        ["Recomputation"] = (stages, token) => Recomputation.Fit(
            FusedModel.From(stages.Differentiated, token),
            new MemoryBudget(Bytes: 1, Batch: 1),
            stages.Model.Declaration.Precision,
            token),
        ["Memory"] = (stages, token) =>
            MemoryPlan.Create(stages.Fused.Training, stages.Lowered.TrainingResults, MemoryMode.Planned, token),
        ["Plans"] = (stages, token) => PlannedModel.From(stages.Fused, MemoryMode.Planned, token),
        ["Repeats"] = (stages, token) =>
            RepeatFinder.Find(stages.Planned.Training.Operations, stages.Planned.Training.Memory, token),
        ["Emission"] = (stages, token) => ModelEmitter.Emit(
            stages.Model.Declaration, stages.Planned, [], MemberNames.Of(stages.Lowered), token),
        ["Member rules"] = (stages, token) => MemberRules.Check(
            stages.Model.Declaration, stages.Lowered, MemberNames.Of(stages.Lowered), token),
        ["Known tensors"] = (stages, token) => KnownTensors.Of(stages.Model.Declaration, token),
        ["Checking"] = (stages, token) => ModelCompiler.CheckAnew(stages.Model.Declaration, token),
        ["Emission of a broken model"] = (stages, token) =>
            BrokenModelEmitter.Emit(stages.Model.Declaration, [], token),
        ["Generator"] = Generate,
        ["Analyzers"] = Analyze,
    };

    public static TheoryData<string> Names => [.. All.Keys];

    // Of a thousand copies each is worked on several times: its layers, its operations, its buffers.
    public static TheoryData<string, int> Looks => new()
    {
        { "Shapes", 5 * Copies },
        { "Lowering", 8 * Copies },
        { "Differentiation", 8 * Copies },
        { "Dropout masks", 8 * Copies },
        { "Fusion", 8 * Copies },
        { "Recomputation", 100 * Copies },
        { "Memory", 8 * Copies },
        { "Plans", 16 * Copies },
        { "Repeats", 5 * Copies },
        { "Emission", 8 * Copies },
        { "Known tensors", 8 * Copies },
        { "Emission of a broken model", 8 * Copies },
        { "Checking", 24 * Copies },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public void Stage_looks_at_its_token_for_each_layer_operation_and_buffer(string stage, int fewest) =>
        Assert.True(Watch(All[stage], Long.Value, cancelAt: null) is var looks && looks >= fewest, $"{looks} looks");

    [Fact]
    public void Thousand_copies_of_a_block_are_generated_whole()
    {
        GeneratorDriverRunResult result = TestCompiler.CreateDriver().RunGenerators(Long.Value.Compilation).GetRunResult();
        Assert.Empty(result.Diagnostics);
        Assert.Null(result.Results[0].Exception);
        Assert.Contains("private float Train(", Assert.Single(result.GeneratedTrees).ToString(), StringComparison.Ordinal);
    }

    // Twenty places from the first look to the last.
    [Theory]
    [MemberData(nameof(Names))]
    public void Stage_ends_at_the_look_that_finds_its_token_cancelled(string stage)
    {
        int looks = Watch(All[stage], Short.Value, cancelAt: null);
        Assert.True(looks > 0);
        for (int place = 0; place < 20; place++)
        {
            int cancelAt = 1 + (int)((long)place * (looks - 1) / 19);
            Assert.Equal(cancelAt, Watch(All[stage], Short.Value, cancelAt));
        }
    }

    [Theory]
    [InlineData("Fusion")]
    [InlineData("Memory")]
    public void Stage_reads_few_operations_between_two_looks(string stage)
    {
        int reads = 0;
        int most = 0;
        Action read = () => most = Math.Max(most, ++reads);
        Operation[] operations = [.. Operations(Long.Value).Select(operation => new ReadOperation(operation, read))];
        Value[] outputs = [Long.Value.Lowered.TrainingOutput];
        Cancellation.Looking = () => reads = 0;
        try
        {
            object _ = stage == "Fusion"
                ? Fusion.Run(operations, outputs, CancellationToken.None)
                : MemoryPlan.Create(operations, outputs, MemoryMode.Planned, CancellationToken.None);
        }
        finally
        {
            Cancellation.Looking = null;
        }

        Assert.InRange(most, 1, 8);
    }

    // The looks of the thread at the token of a stage, until it ends or is cancelled at one of them.
    private static int Watch(Func<Stages, CancellationToken, object?> stage, Stages stages, int? cancelAt)
    {
        using var cancellation = new CancellationTokenSource();
        int looks = 0;
        Cancellation.Looking = () =>
        {
            if (++looks == cancelAt)
            {
                cancellation.Cancel();
            }
        };
        try
        {
            if (cancelAt is null)
            {
                stage(stages, cancellation.Token);
            }
            else
            {
                Assert.ThrowsAny<OperationCanceledException>(() => stage(stages, cancellation.Token));
            }
        }
        finally
        {
            Cancellation.Looking = null;
        }

        return looks;
    }

    private static Operation[] Operations(Stages stages) => [.. stages.Lowered.Forward, .. stages.Differentiated.Backward];

    private static GeneratorDriver Generate(Stages stages, CancellationToken token) =>
        TestCompiler.CreateDriver().RunGenerators(Uncached(stages).Compilation, token);

    // The report of a model is made on the thread that asks for it.
    private static ModelReport Analyze(Stages stages, CancellationToken token)
    {
        AnalyzerConfigOptionsProvider options = new AnalyzerOptions([]).AnalyzerConfigOptionsProvider;
        FreshModel fresh = Uncached(stages);
        return ModelReport.Create(
            fresh.Symbol, fresh.Symbol.GetAttributes()[0], fresh.Read, options, fresh.Compilation.Options, token);
    }

    // The same model under a namespace that no test has asked for yet, so that all stages work.
    private static FreshModel Uncached(Stages stages)
    {
        Action? looking = Cancellation.Looking;
        Cancellation.Looking = null;
        string name = $"Fresh{Interlocked.Increment(ref _fresh)}";
        string text = stages.Compilation.SyntaxTrees.Last().ToString();
        Compilation compilation = TestCompiler.CreateCompilation($"namespace {name}\n{{\n{text}\n}}");
        var read = ReadModels.Of(compilation, CancellationToken.None);
        Cancellation.Looking = looking;
        return new FreshModel(compilation, compilation.GetTypeByMetadataName($"{name}.Net")!, read);
    }

    private sealed record FreshModel(Compilation Compilation, INamedTypeSymbol Symbol, ReadModels Read);

    private sealed class ReadOperation(Operation operation, Action read) : Operation(operation.Layer)
    {
        public override bool IsFree => operation.IsFree;

        public override IEnumerable<Value> Reads
        {
            get
            {
                read();
                return operation.Reads;
            }
        }

        public override IEnumerable<Value> Writes
        {
            get
            {
                read();
                return operation.Writes;
            }
        }

        public override string Describe(NameOf name) => operation.Describe(name);

        public override IReadOnlyList<KernelCall> Calls => operation.Calls;
    }
}
