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
