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
    public Task Circle_of_blocks_that_no_model_uses_reports_MDL0031_in_the_first_of_them() =>
        Diagnose.Reports(
            """
            [Block, Dense(4), Repeat<{|MDL0031:Second|}>(2)]
            public partial class First;

            [Block, Tanh, Residual<{|from:First|}>]
            public partial class Second;

            [Block, Repeat<First>(3)]
            public partial class Around;
            """,
            "The block 'First' contains itself, so its expansion would never end");

    [Fact]
    public Task Circle_of_three_blocks_reports_MDL0031_once() =>
        Diagnose.Reports(
            """
            [Block, Residual<{|MDL0031:B|}>] public partial class A;
            [Block, Residual<C>] public partial class B;
            [Block, Residual<{|from:A|}>] public partial class C;
            """,
            "The block 'A' contains itself, so its expansion would never end");

    [Fact]
    public Task Block_of_itself_that_no_model_uses_reports_MDL0031() =>
        Diagnose.Reports(
            "[Block, Dense(4), Residual<{|MDL0031:Think|}>] public partial class {|from:Think|};",
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
