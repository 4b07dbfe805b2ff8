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

public sealed class InsertToSequenceFixTests
{
    [Fact]
    public Task Pixels_become_steps_before_attention_and_recurrent_layers() =>
        Fix.Repairs<InsertToSequenceFix>(
            """
            [Model]
            [Input(8, 6, 3), Conv2D(4, 3)]
            [{|MDL0072:SelfAttention(Heads = 2)|}, GlobalAveragePool]
            [MeanSquaredError]
            public partial class First;

            [ModelDsl.Model, ModelDsl.Input(9, 9, 3), {|MDL0072:ModelDsl.Gru(4)|}, ModelDsl.MeanSquaredError]
            public partial class Second;
            """,
            """
            [Model]
            [Input(8, 6, 3), Conv2D(4, 3)]
            [ToSequence, SelfAttention(Heads = 2), GlobalAveragePool]
            [MeanSquaredError]
            public partial class First;

            [ModelDsl.Model, ModelDsl.Input(9, 9, 3), ModelDsl.ToSequence, ModelDsl.Gru(4), ModelDsl.MeanSquaredError]
            public partial class Second;
            """);

    [Fact]
    public Task Nothing_is_inserted_where_an_input_is_declared_as_a_sequence() =>
        Fix.OffersNothing<InsertToSequenceFix>(
            "[Model, Input(20, 8), {|MDL0072:Gru(4)|}, Dense(2), MeanSquaredError] public partial class Net;");
}

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

public sealed class UseGroupNormFixTests
{
    [Fact]
    public Task Batch_normalisation_becomes_one_of_groups() =>
        Fix.Repairs<UseGroupNormFix>(
            """
            [Model(PerSampleClipping = true)]
            [Input(8, 8, 1), Conv2D(12, 3, UseBias = false), {|MDL0062:BatchNorm|}, Tanh]
            [Conv2D(64, 3), {|MDL0062:BatchNorm(Momentum = 0.2)|}, Tanh, Conv2D(6, 3), {|MDL0062:BatchNorm(Epsilon = 1e-3, Momentum = 0.1, Name = "last")|}]
            [Flatten, Dense(2), SoftmaxCrossEntropy]
            public partial class Net;
            """,
            """
            [Model(PerSampleClipping = true)]
            [Input(8, 8, 1), Conv2D(12, 3, UseBias = false), GroupNorm(12), Tanh]
            [Conv2D(64, 3), GroupNorm(32), Tanh, Conv2D(6, 3), GroupNorm(6, Epsilon = 1e-3, Name = "last")]
            [Flatten, Dense(2), SoftmaxCrossEntropy]
            public partial class Net;
            """);
}
