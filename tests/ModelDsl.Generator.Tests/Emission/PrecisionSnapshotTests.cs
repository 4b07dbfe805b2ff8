namespace ModelDsl.Generator.Tests.Emission;

/// <summary>Models whose values are stored in 16 bits.</summary>
public class PrecisionSnapshotTests
{
    [Fact]
    public void BFloat16_expands_what_an_operation_reads_and_rounds_what_it_writes() =>
        Snapshot.Match(TestCompiler.GenerateSingle(
            """
            [Model(Precision = Precision.BFloat16), Input(6), Dense(4), Relu, Dropout(0.2f), Dense(3), SoftmaxCrossEntropy]
            public partial class Narrow;
            """));

    [Fact]
    public void Float16_scales_the_gradients_of_the_outputs_and_unscales_those_of_the_parameters() =>
        Snapshot.Match(TestCompiler.GenerateSingle(
            """
            [Model(Precision = Precision.Float16)]
            [Input(6), Dense(4), Relu, Dropout(0.2f), Dense(3, WeightL2 = 0.1f), SoftmaxCrossEntropy]
            public partial class Narrow;
            """));

    [Fact]
    public void Recurrent_layer_rounds_what_it_hands_on_and_keeps_its_state_in_32_bits() =>
        Snapshot.Match(TestCompiler.GenerateSingle(
            """
            [Model(Precision = Precision.BFloat16), Input(20, 3, Sequence = true), Lstm(4), Dense(2), MeanSquaredError]
            public partial class Narrow;
            """));

    [Theory]
    [InlineData("[Model, ")]
    [InlineData("[Model(Precision = Precision.Float32), ")]
    public void Float32_is_the_code_of_a_model_that_names_no_precision(string model)
    {
        const string Layers = "Input(6), Dense(4), Relu, Dense(3), SoftmaxCrossEntropy] public partial class Whole;";
        string text = TestCompiler.GenerateSingle(model + Layers);
        Assert.Equal(TestCompiler.GenerateSingle("[Model, " + Layers), text);
        Assert.DoesNotContain("Precision", text, StringComparison.Ordinal);
    }
}
