namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ActivationMissingTests
{
    [Fact]
    public Task Dense_after_dense_reports_MDL0102_at_the_second() =>
        Diagnose.Reports(
            """
            [Model, Input(6), {|from:Dense(7)|}, {|MDL0102:Dense(3)|}, MeanSquaredError]
            public partial class Net;
            """,
            "[Dense(3)] follows [Dense(7)] without an activation between them, so both are one linear map from 6 to 3; put an activation such as [Relu] between them");

    [Fact]
    public Task Dense_after_dropout_after_dense_reports_MDL0102() =>
        Diagnose.Reports(
            """
            [Model, Input(6), {|from:Dense(6)|}, Dropout(0.5f), Reshape(2, 3), Flatten, {|MDL0102:Dense(3)|}, MeanSquaredError]
            public partial class Net;
            """,
            "[Dense(3)] follows [Dense(6)] without an activation between them, so both are one linear map from 6 to 3; put an activation such as [Relu] between them");

    [Fact]
    public Task Repeated_dense_reports_MDL0102_once_at_the_repeat() =>
        Diagnose.Reports(
            """
            [Block, {|from:Dense(6)|}]
            public partial class Line;

            [Model, Input(6), {|MDL0102:Repeat<Line>(3)|}, MeanSquaredError]
            public partial class Net;
            """,
            "[Dense(6)] follows [Dense(6)] without an activation between them, so both are one linear map from 6 to 6; put an activation such as [Relu] between them");

    [Fact]
    public Task Dense_after_an_activation_does_not_report_MDL0102() =>
        Diagnose.Silent(
            """
            [Model, Input(6), Dense(7), Relu, Dense(3), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Dense_after_a_residual_does_not_report_MDL0102() =>
        Diagnose.Silent(
            """
            [Block, Tanh]
            public partial class Squash;

            [Model, Input(6), Dense(7), Residual<Squash>, Dense(3), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Convolution_after_convolution_reports_MDL0102_at_the_second() =>
        Diagnose.Reports(
            """
            [Model, Input(8, 8, 3), {|from:Conv2D(4, 3)|}, SpatialDropout(0.1f), {|MDL0102:ConvTranspose2D(2, 3)|}, MeanSquaredError]
            public partial class Net;
            """,
            "[ConvTranspose2D(2, 3)] follows [Conv2D(4, 3)] without an activation between them, so both are one linear map from 8x8x3 to 8x8x2; put an activation such as [Relu] between them");

    [Fact]
    public Task Dense_after_a_convolution_of_a_sequence_reports_MDL0102() =>
        Diagnose.Reports(
            """
            [Model, Input(8, 3, Sequence = true), {|from:Conv1D(4, 3)|}, {|MDL0102:Dense(2)|}, MeanSquaredError]
            public partial class Net;
            """,
            "[Dense(2)] follows [Conv1D(4, 3)] without an activation between them, so both are one linear map from 8x3 to 6x2; put an activation such as [Relu] between them");

    [Fact]
    public Task Factored_convolutions_do_not_report_MDL0102() =>
        Diagnose.Silent(
            """
            [Model, Input(8, 8, 4), DepthwiseConv2D(3), Conv2D(8, 1), Relu, Conv2D(8, 3, Groups = 4), Conv2D(8, 1), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Convolutions_with_pooling_or_normalisation_between_do_not_report_MDL0102() =>
        Diagnose.Silent(
            """
            [Model, Input(9, 9, 4), Conv2D(8, 1), MaxPool2D(2), Conv2D(8, 3, UseBias = false), BatchNorm, Conv2D(8, 1), MeanSquaredError]
            public partial class Net;
            """);
}
