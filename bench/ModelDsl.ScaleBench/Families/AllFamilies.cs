namespace Benchmarks.ScaleBench.Families;

/// <summary>The dimensions that grow.</summary>
internal static class AllFamilies
{
    /// <summary>The tokens of the language model.</summary>
    public const int Vocabulary = 65;

    /// <summary>The classes of the other models.</summary>
    public const int Classes = 10;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Family> List { get; } =
    [
        new("batch", "samples in a batch", "An MLP 784-512-512-10, batches of 1 to 65536 samples.", Doubling(1, 65536))
        {
            Source = (_, name) =>
                $"[Model, Input(784), Dense(512), Relu, Dense(512), Relu, Dense({Classes}), {Ending(name)}",
        },
        new("width", "units in a hidden layer", "An MLP 784-n-n-10, a batch of 128.", Doubling(8, 16384))
        {
            Batch = 128,
            Source = (width, name) =>
                $"[Model, Input(784), Dense({width}), Relu, Dense({width}), Relu, Dense({Classes}), {Ending(name)}",
        },
        new(
            "depth", "layers", "n residual layers x + ReLU(Dense(LayerNorm(x))) of width 128, a batch of 32.",
            Doubling(1, 512))
        {
            Batch = 32,
            ShowsCompilation = true,
            Source = (depth, name) =>
                $"""
                [Block, LayerNorm, Dense(128), Relu] public partial class {name}Branch;
                [Block, Residual<{name}Branch>] public partial class {name}Layer;
                [Model, Input(128), Repeat<{name}Layer>({depth}), Dense({Classes}), {Ending(name)}
                """,
        },
        new(
            "length",
            "tokens in a sequence",
            "One layer of CharGpt, width 128 and four causal heads, with its embeddings and its output; one sequence.",
            Doubling(16, 8192))
        {
            Batch = 1,
            Values = SampleValues.Tokens,
            Source = (length, name) =>
                $"""
                [Block, LayerNorm, SelfAttention(Heads = 4, Causal = true)] public partial class {name}Attend;
                [Block, LayerNorm, Dense(512), Gelu, Dense(128)] public partial class {name}Think;
                [Model, Input({length}, Type = ElementType.Token), Embedding({Vocabulary}, 128), PositionEmbedding,
                 Residual<{name}Attend>, Residual<{name}Think>, LayerNorm,
                 Dense({Vocabulary}, UseBias = false), {Ending(name)}
                """,
        },
        new(
            "image",
            "pixels along each side of an image",
            "A convnet of 16, 32 and 64 filters of 3x3 with maxima of 2x2 between them; 8 images with three channels.",
            Doubling(8, 512))
        {
            Batch = 8,
            Source = (side, name) =>
                $"""
                [Model, Input({side}, {side}, 3)]
                [Conv2D(16, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
                [Conv2D(32, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
                [Conv2D(64, 3, Padding = Padding.Same), Relu, GlobalAveragePool]
                [Dense({Classes}), {Ending(name)}
                """,
        },
    ];

    private static string Ending(string name) => $"SoftmaxCrossEntropy] public partial class {name};";

    private static int[] Doubling(int first, int last) =>
        [.. Enumerable.Range(0, int.MaxValue).Select(power => first << power).TakeWhile(size => size <= last)];
}
