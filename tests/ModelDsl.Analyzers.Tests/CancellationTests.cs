using ModelDsl.Generator.Differentiation;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Planning;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Analyzers.Tests;

/// <summary>Who types on does not wait for what was asked before.</summary>
public sealed class CancellationTests
{
    private const string Source =
        """
        [Model, Input(3), Dense(2), Softmax, SoftmaxCrossEntropy]
        public partial class Net
        {
            public void Run() => Predict(new float[4]);
        }
        """;

    [Fact]
    public void Generator_stops_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            TestCompiler.CreateDriver().RunGenerators(TestCompiler.CreateCompilation(Source), cancellation.Token));
    }

    [Fact]
    public async Task Analyzers_stop_when_they_are_cancelled_halfway()
    {
        using var cancellation = new CancellationTokenSource();
        CompilationWithAnalyzers analysis = new Situation { Sources = [Source] }.Compile().WithAnalyzers(
            Situation.AllAnalyzers,
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([], new CancellingOptions(cancellation)), null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => analysis.GetAnalyzerDiagnosticsAsync(cancellation.Token));
    }

    [Fact]
    public void Reading_of_blocks_and_binding_of_layers_stop_when_they_are_cancelled()
    {
        INamedTypeSymbol net = TestCompiler.CreateCompilation(Source).GetTypeByMetadataName("Net")!;
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => ModelParser.Parse(net, cancelled));
        ParsedModel model = ModelParser.Parse(net, CancellationToken.None);
        Assert.Throws<OperationCanceledException>(() => ShapeInference.Run(model.Declaration, cancelled));
    }

    [Fact]
    public void Fusion_reads_each_operation_a_few_times_however_many_copies_there_are()
    {
        long small = Reads(50);
        long large = Reads(400);
        Assert.InRange(large, 1, small * 10);

        static long Reads(int copies)
        {
            INamedTypeSymbol net = TestCompiler.CreateCompilation(
                $"[Block, Dense(4), Relu] public partial class B; [Model, Input(4), Repeat<B>({copies}), Dense(1), MeanSquaredError] public partial class Net;")
                .GetTypeByMetadataName("Net")!;
            ParsedModel model = ModelParser.Parse(net, CancellationToken.None);
            LoweredModel lowered = LoweredModel.From(
                ShapeInference.Run(model.Declaration, CancellationToken.None),
                keepsActivations: false, convolution: default, CancellationToken.None);
            CountingOperation[] operations = [.. lowered.Forward.Concat(DifferentiatedModel.From(lowered, hasInputGradient: false, clipsSamples: false, CancellationToken.None).Backward).Select(operation => new CountingOperation(operation))];
            Fusion.Run(operations, [lowered.TrainingOutput], CancellationToken.None);
            MemoryPlan.Create(operations, [lowered.TrainingOutput], MemoryMode.Separate, CancellationToken.None);
            return operations.Sum(operation => (long)operation.Count);
        }
    }

    private sealed class CountingOperation(Operation operation) : Operation(operation.Layer)
    {
        public int Count { get; private set; }

        public override IEnumerable<Value> Reads
        {
            get
            {
                Count++;
                return operation.Reads;
            }
        }

        public override IEnumerable<Value> Writes => operation.Writes;

        public override string Describe(NameOf name) => operation.Describe(name);

        public override IReadOnlyList<KernelCall> Calls => operation.Calls;
    }

    // An analyzer asks for the settings between shapes and advice: that is halfway.
    private sealed class CancellingOptions(CancellationTokenSource cancellation) : AnalyzerConfigOptionsProvider
    {
        private readonly EditorConfig _settings = new(ImmutableDictionary<string, string>.Empty);

        public override AnalyzerConfigOptions GlobalOptions => _settings.GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree)
        {
            cancellation.Cancel();
            return GlobalOptions;
        }

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }
}
