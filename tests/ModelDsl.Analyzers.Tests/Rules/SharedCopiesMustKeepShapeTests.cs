namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class SharedCopiesMustKeepShapeTests
{
    [Fact]
    public Task Shared_copies_that_widen_report_MDL0080_at_the_argument() =>
        Diagnose.Reports(
            """
            [Block, Dense(5), Tanh] public partial class Widen;
            [Model, {|from:Input(3)|}, Repeat<Widen>(2, Shared = {|MDL0080:true|}), Dense(1), MeanSquaredError]
            public partial class Sample;
            """,
            "Repeat with Shared = true runs the same parameters again on what they made, but 'Widen' makes 5 of 3");

    [Fact]
    public Task Copies_that_keep_the_shape_or_have_parameters_of_their_own_do_not_report_MDL0080() =>
        Diagnose.Silent(
            """
            [Block, Dense(5), Tanh] public partial class Widen;
            [Model, Input(3), Repeat<Widen>(2), Repeat<Widen>(2, Shared = true), Dense(1), MeanSquaredError]
            public partial class Sample;
            """);
}
