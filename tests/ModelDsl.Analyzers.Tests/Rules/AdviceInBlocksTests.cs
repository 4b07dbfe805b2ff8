namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>
/// Advice about layers of a block is given at the layer where it holds for every use of the block, and at the use where
/// it holds for that one only; never for both, and never where the model is right.
/// </summary>
public sealed class AdviceInBlocksTests
{
    private const string Model =
        "[Model, Input(8), Repeat<B>(1), Tanh, Dense(2), MeanSquaredError] public partial class Net;\n";

    [Theory]
    [InlineData(
        "[Block, Dense(3), Softmax, SoftmaxCrossEntropy] public partial class H; [Block, Dense(1), MeanSquaredError] public partial class G; [Model, Input(4), Dense(5), Tanh, Outputs<H, G>] public partial class Net;",
        "MDL0101 Softmax")]
    [InlineData("[Block, Dense(8), Dense(8)] public partial class B;" + Model, "MDL0102 Dense(8)")]
    [InlineData(
        "[Block, Input(4), Dense(8), Dense(8)] public partial class T; [Block, Input(3), Dense(8)] public partial class U; [Model, Sum<T, U>, Tanh, Dense(2), MeanSquaredError] public partial class Net;",
        "MDL0102 Dense(8)")]
    [InlineData(
        "[Block, Dense(3), Dropout(0.5), MeanSquaredError] public partial class H; [Block, Dense(1), MeanSquaredError] public partial class G; [Model, Input(4), Dense(5), Tanh, Outputs<H, G>] public partial class Net;",
        "MDL0103 Dropout(0.5)")]
    [InlineData(
        "[Block, Dense(8, WeightInitializer = Initializer.HeNormal), Tanh] public partial class B;" + Model,
        "MDL0105 Initializer.HeNormal")]
    [InlineData("[Block, Dense(8), BatchNorm, Relu] public partial class B;" + Model, "MDL0109 Dense(8)")]
    [InlineData(
        "[Block, Reshape(3, 32, 32), Conv2D(4, 3), Relu, Flatten] public partial class B; [Model, Input(3072), Repeat<B>(1), Dense(2), MeanSquaredError] public partial class Net;",
        "MDL0111 Reshape(3, 32, 32)")]
    [InlineData(
        "[Block, Conv2D(3, 16, 3), Relu] public partial class B; [Model, Input(32, 32, 3), Repeat<B>(1), Flatten, Dense(2), MeanSquaredError] public partial class Net;",
        "MDL0112 Conv2D(3, 16, 3)")]
    [InlineData(
        "[Block, Input(6, Type = ElementType.Token), Embedding(16, 30000), Flatten] public partial class T; [Block, Input(3), Dense(4)] public partial class U; [Model, Concat<T, U>, Dense(2), MeanSquaredError] public partial class Net;",
        "MDL0113 Embedding(16, 30000)")]
    [InlineData(
        "[Block, Dense(3), Relu, SoftmaxCrossEntropy] public partial class H; [Block, Dense(1), MeanSquaredError] public partial class G; [Model, Input(4), Dense(5), Tanh, Outputs<H, G>] public partial class Net;",
        "MDL0114 Relu")]
    [InlineData(
        "[Block, Dense(8, UseBias = false), BatchNorm(Momentum = 0.99), Relu] public partial class B;" + Model,
        "MDL0115 0.99")]
    [InlineData(
        "[Block, Input(6, Type = ElementType.Token, Padding = 0), Embedding(9, 4), Gru(5), Flatten] "
            + "public partial class T; [Block, Input(3), Dense(4)] public partial class U; [Model, Concat<T, "
            + "U>, Dense(2), MeanSquaredError] public partial class Net;",
        "MDL0116 Gru(5)")]
    [InlineData(
        "[Block, Conv2D(4, 3), MaxPool2D(3, 2)] public partial class B; [Model, Input(32, 32, 3), Repeat<B>(1), Relu, Flatten, Dense(2), MeanSquaredError] public partial class Net;",
        "MDL0117 MaxPool2D(3, 2)")]
    public Task Advice_stands_at_the_layer_of_the_block(string source, string expected) =>
        Advises(new Situation(), source, expected);

    [Theory]
    [InlineData(
        "[Block, Dense(8), Softmax] public partial class B; [Model, Input(8), Repeat<B>(1), SoftmaxCrossEntropy] public partial class Net;",
        "MDL0101 Repeat<B>(1)")]
    [InlineData(
        "[Block, Dense(8)] public partial class B; [Model, Input(8), Repeat<B>(1), Dense(9), Tanh, Dense(2), MeanSquaredError] public partial class Net;",
        "MDL0102 Dense(9)")]
    [InlineData(
        "[Block, Dense(8), Relu] public partial class B; [Model, Input(8), Repeat<B>(1), SoftmaxCrossEntropy] public partial class Net;",
        "MDL0114 Repeat<B>(1)")]
    [InlineData(
        "[Block, Dense(8), Relu, Dropout(0.5)] public partial class B; [Model, Input(8), Repeat<B>(1), MeanSquaredError] public partial class Net;",
        "MDL0103 Repeat<B>(1)")]
    [InlineData(
        "[Block, Conv2D(4, 3), Relu] public partial class B; [Model, Input(3, 32, 32), Repeat<B>(1), Flatten, Dense(2), MeanSquaredError] public partial class Net;",
        "MDL0111 Input(3, 32, 32)")]
    [InlineData(
        "[Block, Gru(5)] public partial class B; [Model, Input(6, Type = ElementType.Token, Padding = 0), Embedding(9, 4), Repeat<B>(1), Dense(2), SoftmaxCrossEntropy] public partial class Net;",
        "MDL0116 Repeat<B>(1)")]
    public Task Advice_stands_at_the_use_where_the_model_has_its_part_in_it(string source, string expected) =>
        Advises(new Situation(), source, expected);

    [Theory]
    [InlineData(
        "[Block, Dense(8), Dense(8)] public partial class B;",
        "Input(8), Repeat<L.B>(1), Tanh, Dense(2), MeanSquaredError",
        "MDL0102 Repeat<L.B>(1)")]
    [InlineData(
        "[Block, Dense(8, UseBias = false), BatchNorm(Momentum = 0.99), Relu] public partial class B;",
        "Input(8), Repeat<L.B>(1), Dense(2), MeanSquaredError",
        "MDL0115 Repeat<L.B>(1)")]
    [InlineData(
        "[Block, Conv2D(3, 16, 3), Relu] public partial class B;",
        "Input(32, 32, 3), Repeat<L.B>(1), Flatten, Dense(2), MeanSquaredError",
        "MDL0112 Repeat<L.B>(1)")]
    public Task Advice_about_a_block_of_a_library_stands_at_the_use(string block, string layers, string expected) =>
        Advises(
        new Situation { Library = $"namespace L; {block}" }, $"[Model, {layers}] public partial class Net;", expected);

    [Theory]
    [InlineData(
        "[Block, Dense(2), Dense(8)] public partial class B;",
        "Input(8), Repeat<L.B>(1), Tanh, Dense(2), MeanSquaredError")]
    [InlineData(
        "[Block, Dense(9, Frozen = true), Dense(8)] public partial class B;",
        "Input(8), Residual<L.B>, Tanh, Dense(2), MeanSquaredError")]
    [InlineData(
        "[Block(Shared = true), Dense(8), Tanh] public partial class B;",
        "Input(8), Repeat<L.B>(3), Dense(2), MeanSquaredError")]
    [InlineData("[Block, Dense(3), Softmax] public partial class B;", "Input(8), Repeat<L.B>(1), MeanSquaredError")]
    public Task What_is_right_in_a_block_of_a_library_is_not_advised(string block, string layers) => Advises(
        new Situation { Library = $"namespace L; {block}" }, $"[Model, {layers}] public partial class Net;");

    [Theory]
    // A narrow middle, in a block, in a repeated one, in a tower, in a head.
    [InlineData("[Block, Dense(2, UseBias = false), Dense(8)] public partial class B;" + Model)]
    [InlineData(
        "[Block, Dense(2, UseBias = false), Dense(8), Tanh] public partial class B; [Model, Input(8), Repeat<B>(4), Dense(2), MeanSquaredError] public partial class Net;")]
    [InlineData(
        "[Block, Input(8), Dense(2), Dense(9)] public partial class T; [Block, Input(3), Dense(9)] public partial class U; [Model, Sum<T, U>, Tanh, Dense(2), MeanSquaredError] public partial class Net;")]
    [InlineData(
        "[Block, Dense(2), Dense(9), MeanSquaredError] public partial class H; [Block, Dense(1), MeanSquaredError] public partial class G; [Model, Input(4), Dense(5), Tanh, Outputs<H, G>] public partial class Net;")]
    // Frozen layers, frozen uses and frozen towers.
    [InlineData("[Block, Dense(9, Frozen = true), Dense(8)] public partial class B;" + Model)]
    [InlineData(
        "[Block, Dense(9), Dense(8)] public partial class B; [Model, Input(8), Repeat<B>(1, Frozen = true), Tanh, Dense(2), MeanSquaredError] public partial class Net;")]
    [InlineData(
        "[Block(Shared = true), Dense(8)] public partial class B; [Model, Input(8), Repeat<B>(1), Tanh, Repeat<B>(1), Tanh, Dense(2), MeanSquaredError] public partial class Net;")]
    // One use has an activation behind the block.
    [InlineData(
        "[Block, Dense(3), Softmax] public partial class B; [Model, Input(8), Repeat<B>(1), MeanSquaredError] public partial class Net;")]
    // Heads that need what the others must not have.
    [InlineData(
        "[Block, Dense(3), SoftmaxCrossEntropy] public partial class H; [Block, Dense(1), Sigmoid, MeanSquaredError] public partial class G; [Model, Input(4), Dense(5), Tanh, Outputs<H, G>] public partial class Net;")]
    [InlineData(
        "[Block, Dense(3), Tanh, SoftmaxCrossEntropy(Weight = 0.5)] public partial class G; [Block, Dense(8), Tanh] public partial class B;" + Model)]
    public Task What_is_right_in_a_block_is_not_advised(string source) => Advises(new Situation(), source);

    private static async Task Advises(Situation situation, string source, params string[] expected)
    {
        ImmutableArray<Diagnostic> diagnostics = await Diagnose.RunAsync(
            situation with { Sources = [source.Replace("; [", ";\n[", StringComparison.Ordinal)] });
        Assert.Equal(expected, diagnostics.Select(diagnostic =>
            $"{diagnostic.Id} {diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)}"));
    }
}
