using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class PaddingMustBeTokenTests
{
    [Fact]
    public Task Padding_of_numbers_reports_MDL0082_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, Input(8, 4, Sequence = true, Padding = {|MDL0082:0|}), Dense(2), MeanSquaredError]
            public partial class Sample;
            """,
            "Padding is a token of an input of tokens, from 0 up, but got 0 for an input of numbers");

    [Fact]
    public Task Negative_padding_reports_MDL0082_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, Input(8, Type = ElementType.Token, Padding = {|MDL0082:-2|}), Embedding(5, 4), Dense(2), MeanSquaredError]
            public partial class Sample;
            """,
            "Padding is a token of an input of tokens, from 0 up, but got -2 for an input of tokens");

    [Fact]
    public Task A_token_does_not_report_MDL0082() =>
        Diagnose.Silent(
            """
            [Model, Input(8, Type = ElementType.Token, Padding = 0), Embedding(5, 4), SelfAttention, Dense(2), MeanSquaredError]
            public partial class Sample;
            """);
}
