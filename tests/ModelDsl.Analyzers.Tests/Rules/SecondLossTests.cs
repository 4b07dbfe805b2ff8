namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class SecondLossTests
{
    [Fact]
    public Task Second_loss_reports_MDL0010_at_the_second_and_points_to_the_first() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), {|from:MeanSquaredError|}, {|MDL0010:Hinge|}]
            public partial class Regression;
            """,
            "[Hinge] is a second loss after [MeanSquaredError]; keep one");

    [Fact]
    public Task One_loss_does_not_report_MDL0010() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Regression;
            """);
}
