namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class InsertReluFixTests
{
    [Fact]
    public Task Relu_is_inserted_between_every_two_dense_layers() =>
        Fix.Repairs<InsertReluFix>(
            """
            [Model]
            [Input(6), Dense(7)]
            [{|MDL0102:Dense(6)|}]
            [{|MDL0102:Dense(3)|}, MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model]
            [Input(6), Dense(7)]
            [Relu, Dense(6)]
            [Relu, Dense(3), MeanSquaredError]
            public partial class Net;
            """);
}
