namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class TooManyStepsToUnrollTests
{
    [Fact]
    public Task Long_sequence_to_unroll_reports_MDL0087_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(257, 3, Sequence = true)|}, Lstm(4, Unroll = {|MDL0087:Unrolling.Always|}), MeanSquaredError]
            public partial class Sample;
            """,
            "Lstm writes down at most 256 steps, got 257; leave Unroll out, and a loop passes over them with the same results");

    [Fact]
    public Task Longest_sequence_to_unroll_and_a_longer_one_in_a_loop_do_not_report_MDL0087() =>
        Diagnose.Silent(
            """
            [Model, Input(256, 3, Sequence = true), SimpleRnn(4, Unroll = Unrolling.Always), MeanSquaredError]
            public partial class Longest;
            [Model, Input(1000, 3, Sequence = true), Gru(4), MeanSquaredError]
            public partial class Longer;
            """);
}
