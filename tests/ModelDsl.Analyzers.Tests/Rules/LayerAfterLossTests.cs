namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class LayerAfterLossTests
{
    [Fact]
    public Task Layer_after_the_loss_reports_MDL0009_at_the_layer_and_points_to_the_loss() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), {|from:MeanSquaredError|}, {|MDL0009:Relu|}]
            public partial class Regression;
            """,
            "[Relu] stands after the loss [MeanSquaredError], where nothing flows any more; move the loss to the end");

    [Fact]
    public Task Loss_at_the_end_does_not_report_MDL0009() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), Relu, MeanSquaredError]
            public partial class Regression;
            """);
}
