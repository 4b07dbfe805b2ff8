namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class HeadNeedsLossTests
{
    private const string Heads =
        """
        [Block, Dense(3), SoftmaxCrossEntropy] public partial class A;
        [Block, Dense(3)] public partial class B;
        [Block, Dense(1), MeanSquaredError] public partial class C;

        """;

    [Fact]
    public Task Head_without_loss_reports_MDL0056_at_the_head() => Diagnose.Reports(
        Heads.Replace("class B", "class {|from:B|}", StringComparison.Ordinal) + "[Model, {|from:Input(4)|}, Outputs<A, {|MDL0056:B|}>] public partial class Sample;",
        "'B' is a head of the model and must end with a loss, such as [SoftmaxCrossEntropy] or [MeanSquaredError]");

    [Fact]
    public Task Heads_with_losses_do_not_report_MDL0056() => Diagnose.Silent(
        Heads + "[Model, Input(4), Outputs<A, C, A>] public partial class Sample;");

    [Fact]
    public Task Layer_behind_the_heads_reports_MDL0009_at_the_layer() => Diagnose.Reports(
        Heads + "[Model, Input(4), {|from:Outputs<A, C>|}, {|MDL0009:Dense(3)|}] public partial class Sample;",
        "[Dense(3)] stands after the loss [Outputs<A, C>], where nothing flows any more; move the loss to the end");

    [Fact]
    public Task Loss_within_an_inner_block_reports_MDL0033_in_the_block() => Diagnose.Reports(
        """
        [Block, Dense(3), {|MDL0033:SoftmaxCrossEntropy|}] public partial class A;
        [Model, Input(3), Residual<A>, MeanSquaredError] public partial class Sample;
        """,
        "The block 'A' contains [SoftmaxCrossEntropy], but a block takes its input from where it is used and has no loss; move it to the model");
}
