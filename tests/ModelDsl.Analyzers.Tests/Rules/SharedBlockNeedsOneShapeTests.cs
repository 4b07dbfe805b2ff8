namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class SharedBlockNeedsOneShapeTests
{
    [Fact]
    public Task Another_shape_than_at_the_first_use_reports_MDL0081_at_the_block() =>
        Diagnose.Reports(
            """
            [Block(Shared = true), Dense(5), Tanh] public partial class {|from:Encoder|};
            [Model, Input(3), {|from:Repeat<Encoder>(1)|}, Repeat<{|MDL0081:Encoder|}>(1), Dense(1), MeanSquaredError]
            public partial class Sample;
            """,
            "'Encoder' is a shared block that was used on 3 by [Repeat<Encoder>(1)], and is used here on 5 from [Repeat<Encoder>(1)]");

    [Fact]
    public Task Uses_on_one_shape_and_blocks_that_are_not_shared_do_not_report_MDL0081() =>
        Diagnose.Silent(
            """
            [Block(Shared = true), Dense(3), Tanh] public partial class Encoder;
            [Block, Dense(5), Tanh] public partial class Own;
            [Model, Input(3), Sum<Encoder, Encoder>, Residual<Encoder>, Repeat<Own>(2), Dense(1), MeanSquaredError]
            public partial class Sample;
            """);
}
