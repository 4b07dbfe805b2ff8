namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class DropoutBeforeLossTests
{
    [Fact]
    public Task Dropout_before_the_loss_reports_MDL0103_at_the_dropout() =>
        Diagnose.Reports(
            """
            [Model, Input(6), Dense(4), {|MDL0103:Dropout(0.5f)|}, Reshape(2, 2), {|from:MeanSquaredError|}]
            public partial class Net;
            """,
            "[Dropout(0.5f)] zeroes outputs at random before [MeanSquaredError] compares them with the targets; move it before the last layer that has parameters");

    [Fact]
    public Task Dropout_before_the_last_dense_does_not_report_MDL0103() =>
        Diagnose.Silent(
            """
            [Model, Input(6), Dense(4), Relu, Dropout(0.5f), Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Dropout_of_channels_before_the_loss_reports_MDL0103() =>
        Diagnose.Reports(
            """
            [Model, Input(6, 6, 2), Conv2D(4, 3), {|MDL0103:SpatialDropout(0.5f)|}, {|from:MeanSquaredError|}]
            public partial class Net;
            """,
            "[SpatialDropout(0.5f)] zeroes outputs at random before [MeanSquaredError] compares them with the targets; move it before the last layer that has parameters");
}
