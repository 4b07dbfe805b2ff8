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
    public Task Padding_beyond_the_vocabulary_reports_MDL0082_at_the_argument_with_the_embedding_beside_it() =>
        Diagnose.Reports(
            """
            [Model, Input(8, Type = ElementType.Token, Padding = {|MDL0082:5|}), {|from:Embedding(5, 4)|}, SelfAttention, Dense(2), MeanSquaredError]
            public partial class Sample;
            """,
            "Padding is a token of an input of tokens, from 0 up, but got 5 for an input of tokens below 5, the vocabulary of [Embedding(5, 4)]");

    [Fact]
    public Task Padding_beyond_the_vocabulary_of_a_tower_reports_MDL0082_in_the_tower() =>
        Diagnose.Reports(
            """
            [Block, Input(8, Type = ElementType.Token, Padding = {|MDL0082:7|}), {|from:Embedding(5, 4)|}, Flatten] public partial class Words;
            [Block, Input(3), Dense(4)] public partial class Numbers;
            """,
            "Padding is a token of an input of tokens, from 0 up, but got 7 for an input of tokens below 5, the vocabulary of [Embedding(5, 4)]");

    [Fact]
    public Task Padding_with_the_last_token_does_not_report_MDL0082() =>
        Diagnose.Silent(
            """
            [Model, Input(8, Type = ElementType.Token, Padding = 4), Embedding(5, 4), SelfAttention, Dense(2), MeanSquaredError]
            public partial class Sample;
            """);

    [Fact]
    public Task A_token_does_not_report_MDL0082() =>
        Diagnose.Silent(
            """
            [Model, Input(8, Type = ElementType.Token, Padding = 0), Embedding(5, 4), SelfAttention, Dense(2), MeanSquaredError]
            public partial class Sample;
            """);
}
