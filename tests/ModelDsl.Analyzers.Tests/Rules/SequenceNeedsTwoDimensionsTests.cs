namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class SequenceNeedsTwoDimensionsTests
{
    [Fact]
    public Task Sequence_of_one_dimension_reports_MDL0038_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, Input(8, Sequence = {|MDL0038:true|}), Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "An input sequence expects two dimensions, steps and features, got 8");

    [Fact]
    public Task Sequence_of_two_dimensions_does_not_report_MDL0038() =>
        Diagnose.Silent(
            """
            [Model, Input(8, 3, Sequence = true), Dense(2), MeanSquaredError]
            public partial class Regression;
            """);
}
