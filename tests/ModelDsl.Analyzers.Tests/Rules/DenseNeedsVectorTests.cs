namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class DenseNeedsVectorTests
{
    [Fact]
    public Task Dense_on_an_image_reports_MDL0012_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model]
            [{|from:Input(28, 28)|}]
            [{|MDL0012:Dense(512)|}, Relu]
            [Dense(10)]
            [SoftmaxCrossEntropy]
            public partial class MnistMlp;
            """,
            "Dense expects a vector, but its input is 28x28 from [Input(28, 28)]; add [Flatten] before it");

    [Fact]
    public Task Dense_on_a_reshaped_vector_reports_MDL0012_and_points_to_the_reshape_through_what_keeps_the_shape() =>
        Diagnose.Reports(
            """
            [Model, Input(6), {|from:Reshape(2, -1)|}, Tanh, Dropout(0.1f), {|MDL0012:Dense(2)|}, MeanSquaredError]
            public partial class Regression;
            """,
            "Dense expects a vector, but its input is 2x3 from [Reshape(2, -1)]; add [Flatten] before it");

    [Fact]
    public Task Dense_on_a_flattened_image_does_not_report_MDL0012() =>
        Diagnose.Silent(
            """
            [Model, Input(28, 28), Flatten, Dense(10), SoftmaxCrossEntropy]
            public partial class Linear;
            """);
}
