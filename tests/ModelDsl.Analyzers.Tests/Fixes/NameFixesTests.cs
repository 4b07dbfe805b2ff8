namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class MakeIdentifierFixTests
{
    [Fact]
    public Task Name_becomes_an_identifier() =>
        Fix.Repairs<MakeIdentifierFix>(
            """
            [Model, Input(3), Dense(2, Name = {|MDL0022:"hidden layer-1"|}), Tanh, Dense(2, Name = {|MDL0022:"2nd"|}), MeanSquaredError]
            public partial class First;

            [Model, Input(3), Dense(2, Name = {|MDL0022:"a class"|}), MeanSquaredError]
            public partial class Second;
            """,
            """
            [Model, Input(3), Dense(2, Name = "hidden_layer_1"), Tanh, Dense(2, Name = "_2nd"), MeanSquaredError]
            public partial class First;

            [Model, Input(3), Dense(2, Name = "a_class"), MeanSquaredError]
            public partial class Second;
            """);

    [Fact]
    public Task Name_without_a_letter_is_left_alone() =>
        Fix.OffersNothing<MakeIdentifierFix>(
            """
            [Model, Input(3), Dense(2, Name = {|MDL0022:"-?"|}), Tanh, Dense(2, Name = {|MDL0022:""|}), MeanSquaredError]
            public partial class Net;
            """);
}

public sealed class NumberNameFixTests
{
    [Fact]
    public Task Second_of_a_name_gets_the_next_free_number() =>
        Fix.Repairs<NumberNameFix>(
            """
            [Model, Input(3), Dense(2, Name = "first"), Tanh, Dense(2, Name = "first2"), Tanh]
            [Dense(2, Name = {|MDL0023:"First"|}), Tanh, Dense(2, Name = {|MDL0023:"first2"|}), MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(3), Dense(2, Name = "first"), Tanh, Dense(2, Name = "first2"), Tanh]
            [Dense(2, Name = "First3"), Tanh, Dense(2, Name = "first4"), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Name_that_is_no_literal_is_left_alone() =>
        Fix.OffersNothing<NumberNameFix>(
            """
            [Model, Input(3), Dense(2, Name = "Net"), Tanh, Dense(2, Name = {|MDL0023:nameof(Net)|}), MeanSquaredError]
            public partial class Net;
            """);
}

public sealed class TieToLayerFixTests
{
    [Fact]
    public Task The_layer_whose_weight_fits_is_named() =>
        Fix.Repairs<TieToLayerFix>(
            """
            [Model, Input(4, Type = ElementType.Token), Embedding(7, 3), Dense(3), Tanh, Dense(7, TiedTo = {|MDL0077:"tokens"|}), SoftmaxCrossEntropy]
            public partial class Net;
            """,
            """
            [Model, Input(4, Type = ElementType.Token), Embedding(7, 3), Dense(3), Tanh, Dense(7, TiedTo = "embedding1"), SoftmaxCrossEntropy]
            public partial class Net;
            """);
}
