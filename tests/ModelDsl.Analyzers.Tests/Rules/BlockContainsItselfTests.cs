using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class BlockContainsItselfTests
{
    [Fact]
    public Task Block_of_itself_reports_MDL0031_in_the_block() =>
        Diagnose.Reports(
            """
            [Block, Residual<{|MDL0031:Think|}>]
            public partial class {|from:Think|};

            [Model, Input(4), Residual<Think>, MeanSquaredError]
            public partial class Regression;
            """,
            "The block 'Think' contains itself, so its expansion would never end");

    [Fact]
    public Task Block_of_another_block_does_not_report_MDL0031() =>
        Diagnose.Silent(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Block, Repeat<Think>(2)]
            public partial class Twice;

            [Model, Input(4), Residual<Twice>, MeanSquaredError]
            public partial class Regression;
            """);
}
