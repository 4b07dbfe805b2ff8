using ModelDsl.Analyzers.Tests.Verification;

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
            [Block, Dense(6)]
            public partial class Line;

            [Model, Input(6), {|from:{|MDL0102:Repeat<Line>(3)|}|}, MeanSquaredError]
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
}
