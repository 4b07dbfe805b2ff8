namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class SigmoidChainTests
{
    [Fact]
    public Task Three_sigmoids_in_a_row_report_MDL0104_at_the_third() =>
        Diagnose.Reports(
            """
            [Model, Input(6), Dense(4), {|from:Sigmoid|}, Dense(4), Sigmoid, Dropout(0.1f), Dense(4), {|MDL0104:Sigmoid|}, Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            "[Sigmoid] is sigmoid number 3 in a row; each scales the gradient by at most 1/4, together by at most 1/64; use [Relu], [Gelu] or [Silu] between hidden layers");

    [Fact]
    public Task Two_sigmoids_in_a_row_do_not_report_MDL0104() =>
        Diagnose.Silent(
            """
            [Model, Input(6), Dense(4), Sigmoid, Dense(4), Sigmoid, Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Sigmoids_with_rectifiers_between_do_not_report_MDL0104() =>
        Diagnose.Silent(
            """
            [Model, Input(6), Dense(4), Sigmoid, Dense(4), Relu, Dense(4), Sigmoid, Dense(4), Relu, Dense(4), Sigmoid, Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Longest_chain_of_editorconfig_does_not_report_MDL0104() =>
        Diagnose.Silent(
            Situation.WithOption("modeldsl_longest_sigmoid_chain", "3"),
            """
            [Model, Input(6), Dense(4), Sigmoid, Dense(4), Sigmoid, Dense(4), Sigmoid, Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Sigmoids_behind_convolutions_report_MDL0104() =>
        Diagnose.Reports(
            """
            [Model, Input(9, 9, 2), Conv2D(4, 3), {|from:Sigmoid|}, Conv2D(4, 3), Sigmoid, Flatten, Dense(4), {|MDL0104:Sigmoid|}, Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            "[Sigmoid] is sigmoid number 3 in a row; each scales the gradient by at most 1/4, together by at most 1/64; use [Relu], [Gelu] or [Silu] between hidden layers");
}
