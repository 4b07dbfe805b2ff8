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
}
