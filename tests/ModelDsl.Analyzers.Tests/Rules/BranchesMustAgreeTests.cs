namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class BranchesMustAgreeTests
{
    [Fact]
    public Task Residual_of_a_block_that_changes_the_shape_reports_MDL0034_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Model, {|from:Input(5)|}, {|MDL0034:Residual<Think>|}, MeanSquaredError]
            public partial class Regression;
            """,
            "Residual joins its branches element by element, but 'Think' gives 4 and its input from [Input(5)] gives 5; make both the same");

    [Fact]
    public Task Sum_of_different_shapes_reports_MDL0034_at_the_type_argument() =>
        Diagnose.Reports(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Block, Dense(6)]
            public partial class {|from:Wide|};

            [Model, {|from:Input(5)|}, Sum<Think, {|MDL0034:Wide|}>, MeanSquaredError]
            public partial class Regression;
            """,
            "Sum joins its branches element by element, but 'Wide' gives 6 and 'Think' gives 4; make both the same");

    [Fact]
    public Task Branches_of_one_shape_do_not_report_MDL0034() =>
        Diagnose.Silent(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Model, Input(5), Multiply<Think, Think>, Residual<Think>, MeanSquaredError]
            public partial class Regression;
            """);
}
