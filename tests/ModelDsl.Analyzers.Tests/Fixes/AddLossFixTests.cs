namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class AddLossFixTests
{
    [Fact]
    public Task Cross_entropy_is_added_on_a_line_of_its_own() =>
        Fix.Repairs<AddLossFix>(
            """
            [Model]
            [Input(3), Dense(2)]
            public partial class {|MDL0008:Net|};
            """,
            """
            [Model]
            [Input(3), Dense(2)]
            [SoftmaxCrossEntropy]
            public partial class Net;
            """,
            choice: 0);

    [Fact]
    public Task Squared_error_is_added_to_the_only_list() =>
        Fix.Repairs<AddLossFix>(
            """
            [Model, Input(3), Dense(2)] public partial class {|MDL0008:Net|};
            """,
            """
            [Model, Input(3), Dense(2), MeanSquaredError] public partial class Net;
            """,
            choice: 1);
}
