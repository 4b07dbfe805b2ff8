namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ModelNeedsLayerTests
{
    [Fact]
    public Task Input_and_loss_alone_report_MDL0007_at_the_class() =>
        Diagnose.Reports(
            """
            [Model, Input(3), MeanSquaredError]
            public partial class {|MDL0007:Regression|};
            """,
            "'Regression' has no layer between its input and its loss");

    [Fact]
    public Task One_layer_does_not_report_MDL0007() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Tanh, MeanSquaredError]
            public partial class Squash;
            """);
}
