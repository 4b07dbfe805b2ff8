namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ModelNeedsInputTests
{
    [Fact]
    public Task Model_without_input_reports_MDL0005_at_the_class() =>
        Diagnose.Reports(
            """
            [Model, Dense(2), MeanSquaredError]
            public partial class {|MDL0005:Regression|};
            """,
            "'Regression' does not say what flows in; start its attributes with [Input(...)]");

    [Fact]
    public Task Model_with_input_does_not_report_MDL0005() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Regression;
            """);
}
