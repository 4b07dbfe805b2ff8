namespace ModelDsl.Generator.Tests.Emission;

/// <summary>Whole files, and the description of a model in them.</summary>
public class ModelSnapshotTests
{
    [Fact]
    public void Digit_classifier() =>
        Snapshot.Match(TestCompiler.GenerateSingle(
            """
            namespace Digits;

            [Model]
            [Input(28, 28), Flatten]
            [Dense(512), Relu, Dropout(0.2f)]
            [Dense(512), Relu, Dropout(0.2f)]
            [Dense(10)]
            [SoftmaxCrossEntropy]
            public partial class MnistMlp;
            """));

    [Fact]
    public void Passes_of_training_that_are_called_one_by_one() =>
        Snapshot.Match(TestCompiler.GenerateSingle(
            """
            [Model(InputGradient = true), Input(6), Dense(4), Relu, Dropout(0.2f), Dense(3), SoftmaxCrossEntropy]
            public partial class Differentiable;
            """));

    [Fact]
    public void Passes_of_training_of_several_inputs_and_heads() =>
        Snapshot.Match(TestCompiler.GenerateSingle(
            """
            [Block, Input(2), Dense(3)] public partial class Numbers;
            [Block, Input(5, Type = ElementType.Token), Embedding(9, 3), GlobalAveragePool] public partial class Words;
            [Block, Dense(2), MeanSquaredError(Weight = 0.5f)] public partial class Value;
            [Block, Dense(3), SoftmaxCrossEntropy] public partial class Kind;
            [Model(InputGradient = true), Sum<Numbers, Words>, Tanh, Outputs<Value, Kind>]
            public partial class Differentiable;
            """));

    [Fact]
    public void Outputs_of_layers_that_stay_after_a_step() =>
        Snapshot.Match(TestCompiler.GenerateSingle(
            """
            [Block, Dense(4), Relu] public partial class Cell;
            [Model(KeepActivations = true), Input(6), Dense(4), Relu, Dropout(0.2f), Repeat<Cell>(4), Dense(3)]
            [SoftmaxCrossEntropy]
            public partial class Inspected;
            """));

    [Fact]
    public void Predictions_a_few_samples_at_a_time() =>
        Snapshot.Match(TestCompiler.GenerateSingle(
            """
            [Model, Input(20, 20, 1), Conv2D(8, 3), BatchNorm, Relu, GlobalAveragePool, Dense(3), SoftmaxCrossEntropy]
            public partial class Filters;
            """));

    [Fact]
    public void Gradients_of_samples_that_are_clipped_by_their_norms() =>
        Snapshot.Match(TestCompiler.GenerateSingle(
            """
            [Model(PerSampleClipping = true)]
            [Input(6, 6, 1), Conv2D(4, 3), Tanh, GroupNorm(2), Flatten, Dropout(0.2f), Dense(3), SoftmaxCrossEntropy]
            public partial class Private;
            """));

    [Theory]
    [InlineData("Input(5, 5, 64), Conv2D(64, 3, Padding = Padding.Same)", true)]
    [InlineData("Input(6, 6, 64), Conv2D(64, 3, Padding = Padding.Same)", false)]
    [InlineData("Input(5, 5, 64), Conv2D(64, 3, Padding = Padding.Same, Groups = 4)", false)]
    [InlineData("Input(4, 4, 32), DepthwiseConv2D(3)", false)]
    [InlineData("Input(3, 3, 2), Conv2D(4, 3)", true)]
    [InlineData("Input(2, 2, 24), ConvTranspose2D(12, 2, Stride = 2, UseBias = false)", true)]
    [InlineData("Input(8, 24, Sequence = true), Conv1D(24, 3)", true)]
    public void Norms_of_a_convolution_come_of_pairs_of_pixels_where_these_are_few(string layers, bool expected)
    {
        string text = TestCompiler.GenerateSingle(
            $"[Model(PerSampleClipping = true), {layers}, Flatten, Dense(2), SoftmaxCrossEntropy] "
                + "public partial class Net;");
        Assert.Equal(expected, text.Contains("SampleNorms.AddConvolution(", StringComparison.Ordinal));
        Assert.Equal(
            expected, !text.Contains("gradients of one sample after the other", StringComparison.Ordinal));
    }

    [Fact]
    public void Gradients_of_samples_that_are_clipped_one_by_one() =>
        Snapshot.Match(TestCompiler.GenerateSingle(
            """
            [Block, Dense(2), MeanSquaredError(Weight = 0.5f)] public partial class Value;
            [Block, Dense(3, WeightL2 = 0.1f), SoftmaxCrossEntropy] public partial class Kind;
            [Model(PerSampleClipping = true)]
            [Input(4, 5, Sequence = true), Dense(6), Tanh, Dropout(0.2f), Flatten, Outputs<Value, Kind>]
            public partial class Private;
            """));

    [Fact]
    public void House_price() =>
        Snapshot.Match(TestCompiler.GenerateSingle(
            """
            /// <summary>The price of a house from its area.</summary>
            [Model, Input(1), Dense(1), MeanSquaredError]
            public partial class HousePrice;
            """));

    [Fact]
    public void Initializers_stand_with_their_parameters() =>
        Snapshot.Match(GeneratedText.Architecture(
            """
            [Model, Input(9)]
            [Dense(8, BiasInitializer = Initializer.Constant, BiasConstant = 0.1f)]
            [Dense(7, WeightInitializer = Initializer.GlorotNormal)]
            [Dense(6, WeightInitializer = Initializer.HeUniform)]
            [Dense(5, WeightInitializer = Initializer.HeNormal)]
            [Dense(4, WeightInitializer = Initializer.Constant, WeightConstant = -1e-9f)]
            [Dense(3, WeightInitializer = Initializer.Zeros)]
            [MeanSquaredError]
            """));

    [Fact]
    public void Names_of_layers_become_names_of_tensors_members_and_variables() =>
        Snapshot.Match(GeneratedText.Whole(
            "[Model, Input(3, Name = \"pixels\"), Dense(4, Name = \"Encoder\"), Tanh(Name = \"squash\"), Dense(2, Name = \"batch\"), MeanSquaredError]"));

    [Fact]
    public void Names_never_take_a_variable_of_the_pass()
    {
        string names = string.Join(
            ", ",
            new[] { "samples", "targets", "arena", "parameters", "gradients", "seed", "step", "loss", "output", "modelState" }
                .Select(name => $"Dense(2, Name = \"{name}\"), Dropout(0.1f)"));
        TestCompiler.Load($"[Model, Input(3), {names}, Dense(1), MeanSquaredError] public partial class Sample;");
    }

    [Theory]
    [InlineData("")]
    [InlineData("WeightL2 = 0.1")]
    public void Names_never_take_a_variable_of_a_loop_over_samples(string penalty)
    {
        string names = string.Join(
            ", ",
            new[] { "sample", "maxNorm", "penaltyOfBatch", "batch", "squaredNorms", "clipFactors", "loss", "targets", "arena" }
                .Select(name => $"Dense(2, Name = \"{name}\"), LayerNorm(Name = \"{name}Norm\"), Dropout(0.1f)"));
        TestCompiler.Load(
            $"[Model(PerSampleClipping = true), Input(3), {names}, Dense(1{(penalty.Length > 0 ? ", " : "")}{penalty}), "
                + "MeanSquaredError] public partial class Sample;");
    }

    [Fact]
    public void Model_that_does_not_ask_for_clipping_has_the_code_it_had()
    {
        const string Layers =
            "Input(6, 6, 1), Conv2D(4, 3), Tanh, GroupNorm(2), Flatten, Dropout(0.2f), Dense(3), SoftmaxCrossEntropy";
        string plain = TestCompiler.GenerateSingle($"[Model, {Layers}] public partial class Net;");
        string clipping = TestCompiler.GenerateSingle(
            $"[Model(PerSampleClipping = true), {Layers}] public partial class Net;");
        Assert.DoesNotContain("Clip", plain, StringComparison.Ordinal);
        Assert.Contains(Region(plain, "Training: "), clipping, StringComparison.Ordinal);
        Assert.Contains(Region(plain, "Inference: "), clipping, StringComparison.Ordinal);

        static string Region(string text, string name)
        {
            int start = text.IndexOf($"#region {name}", StringComparison.Ordinal);
            return text[start..text.IndexOf("#endregion", start, StringComparison.Ordinal)];
        }
    }
}
