namespace ModelDsl.Analyzers.Tests.Fixes;

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
