namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ModelNeedsLossTests
{
    [Fact]
    public Task Model_without_loss_reports_MDL0008_at_the_class() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2)]
            public partial class {|MDL0008:Regression|};
            """,
            "'Regression' does not say what it is trained for; end its attributes with a loss such as [SoftmaxCrossEntropy] or [MeanSquaredError]");

    [Fact]
    public Task Model_without_loss_still_has_its_shapes_checked_and_reports_MDL0008_beside() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(28, 28)|}, {|MDL0012:Dense(2)|}]
            public partial class {|MDL0008:Regression|};
            """,
            "Dense expects a vector, but its input is 28x28 from [Input(28, 28)]; add [Flatten] before it",
            "'Regression' does not say what it is trained for; end its attributes with a loss such as [SoftmaxCrossEntropy] or [MeanSquaredError]");

    [Theory]
    [InlineData("MeanSquaredError")]
    [InlineData("SoftmaxCrossEntropy")]
    [InlineData("BinaryCrossEntropy")]
    [InlineData("Hinge")]
    public Task Model_with_a_loss_does_not_report_MDL0008(string loss) =>
        Diagnose.Silent($"[Model, Input(3), Dense(2), {loss}]\npublic partial class Regression;");
}
