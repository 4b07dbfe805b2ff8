namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class CountTooSmallTests
{
    [Fact]
    public Task Repeat_of_nothing_reports_MDL0035_at_the_count() =>
        Diagnose.Reports(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Model, {|from:Input(4)|}, Repeat<Think>({|MDL0035:0|}), MeanSquaredError]
            public partial class Regression;
            """,
            "Repeat expects a count of at least 1, got 0");

    [Fact]
    public Task Repeat_of_one_does_not_report_MDL0035() =>
        Diagnose.Silent(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Model, Input(4), Repeat<Think>(1), MeanSquaredError]
            public partial class Regression;
            """);
}
