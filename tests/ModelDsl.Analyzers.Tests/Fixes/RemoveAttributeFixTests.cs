namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class RemoveAttributeFixTests
{
    [Fact]
    public Task Softmax_before_cross_entropy_is_removed() =>
        Fix.Repairs<RemoveAttributeFix>(
            """
            [Model, Input(3), Dense(2), {|MDL0101:Softmax|}, SoftmaxCrossEntropy]
            public partial class Net;
            """,
            """
            [Model, Input(3), Dense(2), SoftmaxCrossEntropy]
            public partial class Net;
            """);

    [Fact]
    public Task Dropout_before_the_loss_is_removed_with_its_line() =>
        Fix.Repairs<RemoveAttributeFix>(
            """
            [Model]
            [Input(3)]
            [Dense(2)]
            [{|MDL0103:Dropout(0.5f)|}]
            [MeanSquaredError]
            public partial class Net;

            [Model, Input(3), Dense(2), {|MDL0103:Dropout(0.5f)|}, MeanSquaredError]
            public partial class Other;
            """,
            """
            [Model]
            [Input(3)]
            [Dense(2)]
            [MeanSquaredError]
            public partial class Net;

            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Other;
            """);
}
