namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ConcatNeedsSameRowsTests
{
    [Fact]
    public Task Concat_of_different_rows_reports_MDL0036_at_the_type_argument() =>
        Diagnose.Reports(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Block, Reshape(2, 2)]
            public partial class {|from:Image|};

            [Model, {|from:Input(4)|}, Concat<Think, {|MDL0036:Image|}>, MeanSquaredError]
            public partial class Regression;
            """,
            "Concat puts its branches side by side along the last dimension, but 'Image' gives 2x2 and 'Think' gives 4");

    [Fact]
    public Task Concat_of_different_columns_does_not_report_MDL0036() =>
        Diagnose.Silent(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Block, Dense(6), Tanh]
            public partial class Wide;

            [Model, Input(5), Concat<Think, Wide, Think>, MeanSquaredError]
            public partial class Regression;
            """);
}
