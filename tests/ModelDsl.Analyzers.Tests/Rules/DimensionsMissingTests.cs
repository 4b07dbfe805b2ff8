namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class DimensionsMissingTests
{
    [Theory]
    [InlineData("{|MDL0019:Input|}")]
    [InlineData("{|MDL0019:Input()|}")]
    [InlineData("{|MDL0019:Input([])|}")]
    [InlineData("{|MDL0019:Input(null!)|}")]
    public Task Input_without_dimensions_reports_MDL0019_at_the_attribute(string input) =>
        Diagnose.Reports(
            $"[Model, {input}, Dense(2), MeanSquaredError]\npublic partial class Regression;",
            "Input expects the dimensions of a sample, such as [Input(28, 28)] or [Input(1)]");

    [Fact]
    public Task Reshape_without_dimensions_reports_MDL0019_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(3)|}, {|MDL0019:Reshape|}, Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "Reshape expects the dimensions of a sample, such as [Reshape(28, 28)] or [Reshape(1)]");

    [Fact]
    public Task Input_of_one_dimension_does_not_report_MDL0019() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Regression;
            """);
}
