using System.Text.RegularExpressions;

namespace ModelDsl.Generator.Tests.Emission;

/// <summary>Models that say how their convolutions are computed.</summary>
public partial class ConvolutionMethodTests
{
    private const string Exact = "Method = global::ModelDsl.ConvolutionMethod.Exact";

    [Fact]
    public void Exact_convolution_states_its_method_in_each_pass_and_where_filters_are_packed() =>
        Snapshot.Match(TestCompiler.GenerateSingle(
            """
            [Model(Convolution = ConvolutionMethod.Exact)]
            [Input(6, 5, 8), Conv2D(8, 3, Padding = Padding.Same), Relu, Conv2D(2, 3), MaxPool2D(2), Flatten, Dense(2)]
            [MeanSquaredError]
            public partial class Net;
            """));

    /// <summary>Wherever it stands: in a block, a copy, a branch, a tower, a head, a loop over samples.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(", InputGradient = true")]
    [InlineData(", KeepActivations = true")]
    [InlineData(", PerSampleClipping = true")]
    [InlineData(", Precision = Precision.BFloat16")]
    public void Every_convolution_of_an_exact_model_states_its_method(string others)
    {
        IEnumerable<string> texts = TestCompiler.Generate(
            $$"""
            [Block, Conv2D(8, 3, Padding = Padding.Same), Relu, Conv2D(8, 3, Padding = Padding.Same)]
            public partial class Branch;
            [Block(Shared = true), Conv2D(8, 3, Padding = Padding.Same), Tanh] public partial class Shared;
            [Block, Residual<Branch>, Repeat<Shared>(2)] public partial class Nested;
            [Block, Input(6, 6, 8), Conv2D(8, 3, Padding = Padding.Same, Frozen = true)] public partial class Left;
            [Block, Input(6, 6, 8), Conv2D(8, 3, Padding = Padding.Same, Groups = 2)] public partial class Right;
            [Block, DepthwiseConv2D(3), Flatten, Dense(2), SoftmaxCrossEntropy] public partial class Label;
            [Block, Conv2D(1, 3), MeanSquaredError] public partial class Map;
            [Model(Convolution = ConvolutionMethod.Exact{{others}})]
            [Concat<Left, Right>, Conv2D(8, 1), Repeat<Nested>(4), Residual<Shared>]
            [ConvTranspose2D(8, 3, Padding = Padding.Same), Outputs<Label, Map>]
            public partial class Images;
            [Model(Convolution = ConvolutionMethod.Exact{{others}})]
            [Input(9, 3, Sequence = true), Conv1D(4, 3), MeanSquaredError]
            public partial class Steps;
            """).Values;
        string[] windows = [.. texts.SelectMany(text => Window().Matches(text)).Select(match => match.Value)];
        Assert.InRange(windows.Length, 20, 200);
        Assert.All(windows, window => Assert.Contains(Exact, window, StringComparison.Ordinal));
    }

    [Fact]
    public void Pooling_has_no_method()
    {
        string text = TestCompiler.GenerateSingle(
            """
            [Model(Convolution = ConvolutionMethod.Exact), Input(6, 6, 2), MaxPool2D(2), AvgPool2D(2), MeanSquaredError]
            public partial class Net;
            """);
        Assert.Contains("SlidingWindow(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ConvolutionMethod", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fastest", "Input(6, 6, 8), Conv2D(8, 3), MeanSquaredError")]
    [InlineData("Exact", "Input(6), Dense(4), Relu, Dense(3), MeanSquaredError")]
    [InlineData("Exact", "Input(6, 6, 8), Conv2D(8, 1), MeanSquaredError")]
    public void Method_that_changes_nothing_changes_no_code(string method, string layers)
    {
        layers += "] public partial class Net;";
        Assert.Equal(
            TestCompiler.GenerateSingle($"[Model, {layers}"),
            TestCompiler.GenerateSingle($"[Model(Convolution = ConvolutionMethod.{method}), {layers}"));
    }

    [GeneratedRegex(@"SlidingWindow\([^)]*\)( \{[^}]*\})?")]
    private static partial Regex Window();
}
