using ModelDsl.Generator.Differentiation;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Planning;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Tests.Pipeline;

/// <summary>A model after each of the first stages, for tests of the later ones.</summary>
internal sealed class Stages
{
    /// <summary>Takes a source text with a model called <c>Net</c> through the first stages.</summary>
    public Stages(string source)
    {
        Compilation = TestCompiler.CreateCompilation(source);
        Symbol = Compilation.GetTypeByMetadataName("Net")!;
        Model = ModelParser.Parse(Symbol, CancellationToken.None);
        Shaped = ShapeInference.Run(Model.Declaration, CancellationToken.None);
        Assert.True(Shaped.IsComplete);
        Lowered = LoweredModel.From(
            Shaped, Model.Declaration.KeepsActivations, Model.Declaration.Convolution, CancellationToken.None);
        Differentiated = DifferentiatedModel.From(
            Lowered, Model.Declaration.HasInputGradient, Model.Declaration.ClipsSamples, CancellationToken.None);
        Fused = MixedPrecision.Apply(
            FusedModel.From(Differentiated, CancellationToken.None), Model.Declaration.Precision, CancellationToken.None);
        Planned = PlannedModel.From(Fused, MemoryMode.Planned, CancellationToken.None);
    }

    public Compilation Compilation { get; }

    public INamedTypeSymbol Symbol { get; }

    public ParsedModel Model { get; }

    public ShapedModel Shaped { get; }

    public LoweredModel Lowered { get; }

    public DifferentiatedModel Differentiated { get; }

    public FusedModel Fused { get; }

    public PlannedModel Planned { get; }

    /// <summary>A residual network of images with some copies of its block.</summary>
    public static string Residual(int copies) =>
        $"""
        [Block, Conv2D(8, 3, Padding = Padding.Same), Relu, Conv2D(8, 3, Padding = Padding.Same)]
        public partial class ConvPair;
        [Block, Residual<ConvPair>, Relu] public partial class ResidualConv;
        [Model, Input(8, 8, 8), Repeat<ResidualConv>({copies}), GlobalAveragePool, Dense(10), SoftmaxCrossEntropy]
        public partial class Net;
        """;

    /// <summary>A transformer with some copies of its block.</summary>
    public static string Transformer(int copies) =>
        $"""
        [Block, LayerNorm, SelfAttention(Heads = 2, Causal = true)] public partial class Attention;
        [Block, LayerNorm, Dense(32), Gelu, Dense(16)] public partial class Mlp;
        [Block, Residual<Attention>, Residual<Mlp>] public partial class Both;
        [Model, Input(16, Type = ElementType.Token), Embedding(32, 16), PositionEmbedding]
        [Repeat<Both>({copies}), Dense(32), SoftmaxCrossEntropy]
        public partial class Net;
        """;

    /// <summary>Convolutions with normalisation and dropout, some copies of a block of them.</summary>
    public static string Normalized(int copies) =>
        $"""
        [Block, Conv2D(8, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Dropout(0.1)]
        public partial class Cell;
        [Model, Input(8, 8, 8), Repeat<Cell>({copies}), GlobalAveragePool, Dense(10), SoftmaxCrossEntropy]
        public partial class Net;
        """;

    /// <summary>A block of a single layer, some copies of it.</summary>
    public static string Cells(int copies) =>
        $"""
        [Block, Gru(8, ReturnSequences = true)] public partial class Cell;
        [Model, Input(6, 8, Sequence = true), Repeat<Cell>({copies}), Flatten, Dense(10), SoftmaxCrossEntropy]
        public partial class Net;
        """;
}
