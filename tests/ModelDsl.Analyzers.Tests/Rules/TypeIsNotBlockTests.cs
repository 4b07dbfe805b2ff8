namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class TypeIsNotBlockTests
{
    [Fact]
    public Task Class_that_is_no_block_reports_MDL0030_at_the_type_argument() =>
        Diagnose.Reports(
            """
            public class {|from:Think|};

            [Model, {|from:Input(4)|}, Residual<{|MDL0030:Think|}>, MeanSquaredError]
            public partial class Regression;
            """,
            "'Think' in [Residual<Think>] is not marked with [Block], so it has no layers to run");

    [Fact]
    public Task Block_does_not_report_MDL0030() =>
        Diagnose.Silent(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Model, Input(4), Residual<Think>, MeanSquaredError]
            public partial class Regression;
            """);
}
