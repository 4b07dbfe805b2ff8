namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class RotaryNeedsPairsTests
{
    [Fact]
    public Task Heads_of_three_features_report_MDL0076_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(8, 12, Sequence = true)|}, SelfAttention(Heads = 4, Rotary = {|MDL0076:true|}), MeanSquaredError]
            public partial class Sample;
            """,
            "Rotary positions turn the features of a head in pairs, but 3 is odd: 12 features from [Input(8, 12, Sequence = true)] in 4 heads");

    [Fact]
    public Task Heads_of_pairs_and_heads_without_rotary_positions_do_not_report_MDL0076() =>
        Diagnose.Silent(
            """
            [Model, Input(8, 12, Sequence = true), SelfAttention(Heads = 4), SelfAttention(Heads = 3, Rotary = true), MeanSquaredError]
            public partial class Sample;
            """);

    [Fact]
    public Task A_base_of_zero_reports_MDL0075_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(8, 12, Sequence = true)|}, SelfAttention(Rotary = true, RotaryBase = {|MDL0075:0f|}), MeanSquaredError]
            public partial class Sample;
            """,
            "SelfAttention expects a base above 0, got 0");
}
