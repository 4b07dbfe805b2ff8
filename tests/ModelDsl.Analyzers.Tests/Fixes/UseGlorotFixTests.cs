namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class UseGlorotFixTests
{
    [Fact]
    public Task Initialiser_is_replaced() =>
        Fix.Repairs<UseGlorotFix>(
            """
            [Model, Input(3), Dense(4, WeightInitializer = {|MDL0105:Initializer.HeNormal|}), Tanh, Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(3), Dense(4, WeightInitializer = Initializer.GlorotNormal), Tanh, Dense(2), MeanSquaredError]
            public partial class Net;
            """);
}
