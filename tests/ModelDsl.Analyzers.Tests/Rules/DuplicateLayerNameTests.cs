namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class DuplicateLayerNameTests
{
    [Fact]
    public Task Name_that_stands_twice_reports_MDL0023_at_the_second() =>
        Diagnose.Reports(
            """
            [Model, Input(3), {|from:Dense(4, Name = "first")|}, Tanh, Dense(2, Name = {|MDL0023:"First"|}), MeanSquaredError]
            public partial class Regression;
            """,
            "The name 'first' is taken by [Dense(4, Name = \"first\")]; choose another");

    [Fact]
    public Task Name_that_stands_twice_in_a_block_reports_MDL0023_in_the_block() =>
        Diagnose.Reports(
            """
            [Block, {|from:Dense(4, Name = "first")|}, Tanh, Dense(4, Name = {|MDL0023:"First"|})]
            public partial class Think;

            [Model, Input(4), Residual<Think>, MeanSquaredError]
            public partial class Regression;
            """,
            "The name 'first' is taken by [Dense(4, Name = \"first\")]; choose another");

    [Fact]
    public Task Different_names_do_not_report_MDL0023() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(4, Name = "first"), Tanh, Dense(2, Name = "second"), MeanSquaredError]
            public partial class Regression;
            """);
}
