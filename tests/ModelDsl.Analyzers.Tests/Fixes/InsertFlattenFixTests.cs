namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class InsertFlattenFixTests
{
    [Fact]
    public Task Flatten_is_inserted_before_dense() =>
        Fix.Repairs<InsertFlattenFix>(
            """
            [Model]
            [Input(28, 28)]
            [{|MDL0012:Dense(10)|}]
            [SoftmaxCrossEntropy]
            public partial class Net;
            """,
            """
            [Model]
            [Input(28, 28)]
            [Flatten, Dense(10)]
            [SoftmaxCrossEntropy]
            public partial class Net;
            """);

    [Fact]
    public Task Flatten_is_inserted_in_every_model() =>
        Fix.Repairs<InsertFlattenFix>(
            """
            [Model, Input(28, 28), {|MDL0012:Dense(10)|}, MeanSquaredError]
            public partial class First;

            [ModelDsl.Model, ModelDsl.Input(28, 28), {|MDL0012:ModelDsl.Dense(10)|}, ModelDsl.MeanSquaredError]
            public partial class Second;
            """,
            """
            [Model, Input(28, 28), Flatten, Dense(10), MeanSquaredError]
            public partial class First;

            [ModelDsl.Model, ModelDsl.Input(28, 28), ModelDsl.Flatten, ModelDsl.Dense(10), ModelDsl.MeanSquaredError]
            public partial class Second;
            """);

    [Fact]
    public Task Flatten_is_inserted_before_a_loss_over_classes() =>
        Fix.Repairs<InsertFlattenFix>(
            """
            [Model, Input(3), Dense(6), Reshape(2, 3)]
            [{|MDL0017:Hinge|}]
            public partial class Net;
            """,
            """
            [Model, Input(3), Dense(6), Reshape(2, 3)]
            [Flatten, Hinge]
            public partial class Net;
            """);

    [Fact]
    public Task Flatten_is_inserted_before_a_normalization() =>
        Fix.Repairs<InsertFlattenFix>(
            """
            [Model, Input(3, 4), {|MDL0074:LayerNorm|}, MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(3, 4), Flatten, LayerNorm, MeanSquaredError]
            public partial class Net;
            """);
}
