namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class SizeMustBePositiveTests
{
    [Theory]
    [InlineData("Input({|MDL0015:0|}), Dense(2)", "Input expects a dimension of at least 1, got 0")]
    [InlineData("Input(28, {|MDL0015:-28|}), Flatten, Dense(2)", "Input expects a dimension of at least 1, got -28")]
    [InlineData("Input(new[] { 28, {|MDL0015:0|} }), Flatten, Dense(2)", "Input expects a dimension of at least 1, got 0")]
    [InlineData("Input(dimensions: [28, {|MDL0015:0|}]), Flatten, Dense(2)", "Input expects a dimension of at least 1, got 0")]
    public Task Dimension_below_one_reports_MDL0015_at_the_argument(string layers, string message) =>
        Diagnose.Reports($"[Model, {layers}, MeanSquaredError]\npublic partial class Regression;", message);

    [Fact]
    public Task Dense_without_units_reports_MDL0015_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(3)|}, Dense({|MDL0015:0|}), MeanSquaredError]
            public partial class Regression;
            """,
            "Dense expects a number of units of at least 1, got 0");

    [Fact]
    public Task Reshape_to_minus_two_reports_MDL0015_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(4)|}, Reshape(2, {|MDL0015:-2|}), Flatten, Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "Reshape expects a dimension of at least 1, got -2");

    [Fact]
    public Task Sizes_of_one_do_not_report_MDL0015() =>
        Diagnose.Silent(
            """
            [Model, Input(1, 1), Reshape(1), Dense(1), MeanSquaredError]
            public partial class Regression;
            """);
}
