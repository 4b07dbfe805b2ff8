namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class HeadsMustDivideWidthTests
{
    [Fact]
    public Task Heads_that_leave_features_over_report_MDL0073_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(8, 30, Sequence = true)|}, SelfAttention(Heads = {|MDL0073:4|}), MeanSquaredError]
            public partial class Sample;
            """,
            "SelfAttention splits its input's features among its heads, but 4 heads do not divide 30 features from [Input(8, 30, Sequence = true)]");

    [Fact]
    public Task Heads_that_divide_the_features_do_not_report_MDL0073() =>
        Diagnose.Silent(
            """
            [Model, Input(8, 30, Sequence = true), SelfAttention(Heads = 5), MeanSquaredError]
            public partial class Sample;
            """);
}
