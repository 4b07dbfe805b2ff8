using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Analyzers.Tests.Verification;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;
using ModelDsl.Testing;

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
            ModelCompiler.CreateDriver().RunGenerators(ModelCompiler.CreateCompilation(Source), cancellation.Token));
    }

    [Fact]
    public async Task Analyzers_stop_when_they_are_cancelled_halfway()
    {
        using var cancellation = new CancellationTokenSource();
        CompilationWithAnalyzers analysis = new Situation { Sources = [Source] }.Compile().WithAnalyzers(
            Situation.AllAnalyzers,
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([], new CancellingOptions(cancellation)), null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => analysis.GetAnalyzerDiagnosticsAsync(cancellation.Token));
    }

    [Fact]
    public void Reading_of_blocks_and_binding_of_layers_stop_when_they_are_cancelled()
    {
        INamedTypeSymbol net = ModelCompiler.CreateCompilation(Source).GetTypeByMetadataName("Net")!;
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => ModelParser.Parse(net, cancelled));
        ParsedModel model = ModelParser.Parse(net, CancellationToken.None);
        Assert.Throws<OperationCanceledException>(() => ShapeInference.Run(model.Declaration, cancelled));
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
