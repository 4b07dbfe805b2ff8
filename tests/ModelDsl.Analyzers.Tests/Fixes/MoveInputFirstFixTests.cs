namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class MoveInputFirstFixTests
{
    [Fact]
    public Task Input_moves_before_the_first_layer() =>
        Fix.Repairs<MoveInputFirstFix>(
            """
            [Model]
            [Dense(2)]
            [{|MDL0006:Input(3)|}]
            [MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model]
            [Input(3), Dense(2)]
            [MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Input_that_is_repeated_is_removed() =>
        Fix.Repairs<MoveInputFirstFix>(
            """
            [Model, Input(3), {|MDL0006:Input(3)|}, Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Nothing_is_offered_for_two_different_inputs() =>
        Fix.OffersNothing<MoveInputFirstFix>(
            """
            [Model, Input(3), {|MDL0006:Input(4)|}, Dense(2), MeanSquaredError]
            public partial class Net;
            """);
}
