namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ShapeRulesTests
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

    [Fact]
    public Task Reshape_to_another_count_reports_MDL0013_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, Input(6), {|from:Dense(12)|}, {|MDL0013:Reshape(3, 5)|}, MeanSquaredError]
            public partial class Regression;
            """,
            "Reshape to 3x5 asks for 15 elements, but its input is 12, 12 elements, from [Dense(12)]");

    [Fact]
    public Task Reshape_whose_inferred_dimension_does_not_divide_reports_MDL0013() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(28, 28)|}, {|MDL0013:Reshape(-1, 5)|}, Flatten, Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "Reshape to ?x5 asks for a multiple of 5 elements, but its input is 28x28, 784 elements, from [Input(28, 28)]");

    [Fact]
    public Task Reshape_of_as_many_elements_does_not_report_MDL0013() =>
        Diagnose.Silent(
            """
            [Model, Input(28, 28), Reshape(-1, 14), Reshape(784), Dense(2), MeanSquaredError]
            public partial class Regression;
            """);

    [Fact]
    public Task Odd_features_report_MDL0061_at_the_layer() =>
        Diagnose.Reports(
            """
            [Model, Input(3), {|from:Dense(5)|}, {|MDL0061:Glu|}, Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            "Glu halves the last dimension, but it is 5, from [Dense(5)]");

    [Fact]
    public Task Even_features_of_vectors_steps_and_images_do_not_report_MDL0061() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(6), Glu, MeanSquaredError]
            public partial class OfAVector;

            [Model, Input(3, 4, Sequence = true), Glu, MeanSquaredError]
            public partial class OfSteps;

            [Model, Input(5, 3, 4), Glu, MeanSquaredError]
            public partial class OfAnImage;
            """);

    [Fact]
    public Task Input_beyond_an_int_reports_MDL0020_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, {|MDL0020:Input(65536, 65536)|}, Flatten, Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "The shape 65536x65536 of [Input(65536, 65536)] has more elements than can be addressed (2,147,483,647)");

    [Fact]
    public Task Large_input_within_an_int_does_not_report_MDL0020() =>
        Diagnose.Silent(
            """
            [Model, Input(1024, 1024), Tanh, MeanSquaredError]
            public partial class Squash;
            """);

    [Fact]
    public Task Weights_beyond_a_span_report_MDL0025_at_the_class() =>
        Diagnose.Reports(
            """
            [Model, Input(50000), Dense(20000), Relu, Dense(60000), MeanSquaredError]
            public partial class {|MDL0025:Regression|};
            """,
            "The parameters of 'Regression' take 2200080000 floats, more than one span can hold (2,147,483,647); make the layers smaller");

    [Fact]
    public Task One_weight_beyond_an_int_reports_MDL0025() =>
        Diagnose.Reports(
            """
            [Model, Input(100000), Dense(100000), MeanSquaredError]
            public partial class {|MDL0025:Regression|};
            """,
            "The parameters of 'Regression' take 10000100000 floats, more than one span can hold (2,147,483,647); make the layers smaller");

    [Fact]
    public Task Large_weight_within_a_span_does_not_report_MDL0025() =>
        Diagnose.Silent(
            """
            [Model, Input(40000), Dense(40000), MeanSquaredError]
            public partial class Regression;
            """);

    [Fact]
    public Task LayerNorm_on_an_image_reports_MDL0074_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(28, 28)|}, {|MDL0074:LayerNorm|}, MeanSquaredError]
            public partial class Sample;
            """,
            "LayerNorm expects a vector or a sequence of vectors, but its input is 28x28 from [Input(28, 28)]; add [Flatten] before it");

    [Fact]
    public Task Normalizations_of_vectors_do_not_report_MDL0074() =>
        Diagnose.Silent(
            """
            [Model, Input(28, 28), Flatten, LayerNorm, Dense(7), RmsNorm, MeanSquaredError]
            public partial class Sample;
            """);
}
