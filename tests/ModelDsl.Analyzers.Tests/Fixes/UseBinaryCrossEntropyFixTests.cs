namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class UseBinaryCrossEntropyFixTests
{
    [Fact]
    public Task Loss_is_replaced() =>
        Fix.Repairs<UseBinaryCrossEntropyFix>(
            """
            [Model, Input(3), Dense(1), {|MDL0018:SoftmaxCrossEntropy|}]
            public partial class Net;
            """,
            """
            [Model, Input(3), Dense(1), BinaryCrossEntropy]
            public partial class Net;
            """);
}
