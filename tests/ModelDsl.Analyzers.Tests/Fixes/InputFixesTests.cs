namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class MoveInputFirstFixTests
{
    [Fact]
    public Task Input_moves_before_the_first_layer() =>
        Fix.Repairs<MoveInputFirstFix>(
            """
            [Model]
            [Dense(2)]
            [{|MDL0006:Input(3)|}]
            [MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model]
            [Input(3), Dense(2)]
            [MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Input_that_is_repeated_is_removed() =>
        Fix.Repairs<MoveInputFirstFix>(
            """
            [Model, Input(3), {|MDL0006:Input(3)|}, Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Nothing_is_offered_for_two_different_inputs() =>
        Fix.OffersNothing<MoveInputFirstFix>(
            """
            [Model, Input(3), {|MDL0006:Input(4)|}, Dense(2), MeanSquaredError]
            public partial class Net;
            """);
}

public sealed class DeclareInputFixTests
{
    [Fact]
    public Task Input_of_an_embedding_becomes_tokens() =>
        Fix.Repairs<DeclareInputFix>(
            """
            [Model, Input(64), {|MDL0070:Embedding(65, 8)|}, MeanSquaredError]
            public partial class First;

            [ModelDsl.Model, ModelDsl.Input(64), {|MDL0070:ModelDsl.Embedding(65, 8)|}, ModelDsl.MeanSquaredError]
            public partial class Second;
            """,
            """
            [Model, Input(64, Type = ElementType.Token), Embedding(65, 8), MeanSquaredError]
            public partial class First;

            [ModelDsl.Model, ModelDsl.Input(64, Type = ModelDsl.ElementType.Token), ModelDsl.Embedding(65, 8), ModelDsl.MeanSquaredError]
            public partial class Second;
            """);

    [Fact]
    public Task Input_of_attention_becomes_a_sequence() =>
        Fix.Repairs<DeclareInputFix>(
            """
            [Model, Input(8, 4), {|MDL0072:SelfAttention(Heads = 2)|}, MeanSquaredError]
            public partial class First;

            [Model, Input(8, 4), {|MDL0072:PositionEmbedding|}, MeanSquaredError]
            public partial class Second;
            """,
            """
            [Model, Input(8, 4, Sequence = true), SelfAttention(Heads = 2), MeanSquaredError]
            public partial class First;

            [Model, Input(8, 4, Sequence = true), PositionEmbedding, MeanSquaredError]
            public partial class Second;
            """);

    [Fact]
    public Task Input_before_a_layer_of_images_that_takes_sequences_becomes_a_sequence() =>
        Fix.Repairs<DeclareInputFix>(
            """
            [Model, Input(20, 8), {|MDL0050:GlobalAveragePool|}, Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(20, 8, Sequence = true), GlobalAveragePool, Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Input_before_a_layer_of_images_alone_is_left_alone() =>
        Fix.OffersNothing<DeclareInputFix>(
            "[Model, Input(20, 8), {|MDL0050:MaxPool2D(2)|}, Flatten, Dense(2), MeanSquaredError] public partial class Net;");

    [Fact]
    public Task Input_of_other_dimensions_is_left_alone() =>
        Fix.OffersNothing<DeclareInputFix>(
            """
            [Model, Input(8, 8), {|MDL0070:Embedding(65, 8)|}, MeanSquaredError]
            public partial class First;

            [Model, Input(8), {|MDL0072:SelfAttention|}, MeanSquaredError]
            public partial class Second;

            [Model, Input(8), Dense(4), {|MDL0070:Embedding(65, 8)|}, MeanSquaredError]
            public partial class Third;
            """);
}
