namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class LeaveOutBiasFixTests
{
    [Fact]
    public Task Bias_is_left_out_with_all_that_is_said_of_it() =>
        Fix.Repairs<LeaveOutBiasFix>(
            """
            [Model, Input(6, 6, 2), {|MDL0109:Conv2D(4, 3)|}, BatchNorm, Relu]
            [{|MDL0109:Conv2D(4, 3, UseBias = true, BiasInitializer = Initializer.Constant, BiasConstant = 1f, Stride = 2)|}, BatchNorm]
            [MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(6, 6, 2), Conv2D(4, 3, UseBias = false), BatchNorm, Relu]
            [Conv2D(4, 3, Stride = 2, UseBias = false), BatchNorm]
            [MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Bias_within_a_block_is_left_out_there() =>
        Fix.Repairs<LeaveOutBiasFix>(
            """
            [Block, {|MDL0109:Dense(4)|}, BatchNorm, Tanh]
            public partial class Think;

            [Model, Input(4), Repeat<Think>(2), MeanSquaredError]
            public partial class Net;
            """,
            """
            [Block, Dense(4, UseBias = false), BatchNorm, Tanh]
            public partial class Think;

            [Model, Input(4), Repeat<Think>(2), MeanSquaredError]
            public partial class Net;
            """);
}
