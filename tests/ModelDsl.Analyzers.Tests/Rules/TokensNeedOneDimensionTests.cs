namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class TokensNeedOneDimensionTests
{
    [Fact]
    public Task Tokens_of_two_dimensions_report_MDL0037_at_the_input() =>
        Diagnose.Reports(
            """
            [Model, {|MDL0037:Input(8, 8, Type = ElementType.Token)|}, Flatten, Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "An input of tokens expects one dimension, the length of the sequence, got 8x8");

    [Fact]
    public Task Tokens_of_one_dimension_do_not_report_MDL0037() =>
        Diagnose.Silent(
            """
            [Model, Input(64, Type = ElementType.Token), Embedding(5, 3), MeanSquaredError]
            public partial class Regression;
            """);
}
