namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class MoveLossLastFixTests
{
    [Fact]
    public Task Loss_in_the_same_list_moves_to_the_end() =>
        Fix.Repairs<MoveLossLastFix>(
            """
            [Model, Input(3), Dense(4), MeanSquaredError, {|MDL0009:Relu|}, {|MDL0009:Dense(2)|}]
            public partial class Net;
            """,
            """
            [Model, Input(3), Dense(4), Relu, Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Loss_on_a_line_of_its_own_moves_to_the_end() =>
        Fix.Repairs<MoveLossLastFix>(
            """
            public partial class Outer
            {
                // The net.
                [Model]
                [Input(3)]
                [MeanSquaredError]
                [{|MDL0009:Dense(4)|}, {|MDL0009:Relu|}]
                [{|MDL0009:Dense(2)|}]
                public partial class Net;
            }
            """,
            """
            public partial class Outer
            {
                // The net.
                [Model]
                [Input(3)]
                [Dense(4), Relu]
                [Dense(2)]
                [MeanSquaredError]
                public partial class Net;
            }
            """);
}
