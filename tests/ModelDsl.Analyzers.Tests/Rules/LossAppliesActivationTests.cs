namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class LossAppliesActivationTests
{
    [Fact]
    public Task Softmax_before_cross_entropy_reports_MDL0101_at_the_softmax() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), {|MDL0101:Softmax|}, {|from:SoftmaxCrossEntropy|}]
            public partial class Net;
            """,
            "SoftmaxCrossEntropy applies softmax itself, so another one before it flattens the gradients; remove [Softmax]");

    [Fact]
    public Task Sigmoid_before_binary_cross_entropy_reports_MDL0101_through_a_flatten() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), {|MDL0101:Sigmoid|}, Flatten, {|from:BinaryCrossEntropy|}]
            public partial class Net;
            """,
            "BinaryCrossEntropy applies sigmoid itself, so another one before it flattens the gradients; remove [Sigmoid]");

    [Fact]
    public Task Softmax_before_squared_error_does_not_report_MDL0101() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), Softmax, MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Softmax_inside_does_not_report_MDL0101() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(4), Softmax, Dense(2), SoftmaxCrossEntropy]
            public partial class Net;
            """);

    [Fact]
    public Task Logarithm_of_softmax_before_cross_entropy_reports_MDL0101() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), {|MDL0101:LogSoftmax|}, {|from:SoftmaxCrossEntropy|}]
            public partial class Net;
            """,
            "SoftmaxCrossEntropy applies softmax itself, so another one before it changes nothing; remove [LogSoftmax]");

    [Fact]
    public Task Logarithm_of_softmax_before_squared_error_does_not_report_MDL0101() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), LogSoftmax, MeanSquaredError]
            public partial class Net;
            """);
}
