namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class BlockHasInputOrLossTests
{
    [Fact]
    public Task Block_with_an_input_reports_MDL0033_in_the_block_where_no_use_takes_it() =>
        Diagnose.Reports(
            """
            [Block, {|MDL0033:Input(4)|}, Tanh]
            public partial class Think;

            [Model, Input(4), Residual<Think>, MeanSquaredError]
            public partial class Regression;
            """,
            "The block 'Think' contains [Input(4)], but a block takes its input from where it is used and has no loss; move it to the model");

    [Fact]
    public Task Block_without_input_and_loss_does_not_report_MDL0033() =>
        Diagnose.Silent(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Model, Input(4), Residual<Think>, MeanSquaredError]
            public partial class Regression;
            """);
}
