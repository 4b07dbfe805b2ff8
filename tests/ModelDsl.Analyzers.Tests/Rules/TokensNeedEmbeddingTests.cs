namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class TokensNeedEmbeddingTests
{
    [Fact]
    public Task Dense_on_tokens_reports_MDL0071_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(64, Type = ElementType.Token)|}, {|MDL0071:Dense(65)|}, SoftmaxCrossEntropy]
            public partial class Sample;
            """,
            "Dense expects numbers, but its input is 64 tokens from [Input(64, Type = ElementType.Token)]; add [Embedding] before it");

    [Fact]
    public Task Block_that_begins_with_numbers_on_tokens_reports_MDL0032_with_MDL0071_in_its_words() =>
        Diagnose.Reports(
            """
            [Block, {|from:Tanh|}]
            public partial class Squash;

            [Model, {|from:Input(64, Type = ElementType.Token)|}, Repeat<{|MDL0032:Squash|}>(2), MeanSquaredError]
            public partial class Sample;
            """,
            "The block 'Squash' does not fit its input 64 from [Input(64, Type = ElementType.Token)]: Tanh expects numbers, but its input is 64 tokens from [Input(64, Type = ElementType.Token)]; add [Embedding] before it");

    [Fact]
    public Task Dense_behind_an_embedding_does_not_report_MDL0071() =>
        Diagnose.Silent(
            """
            [Model, Input(64, Type = ElementType.Token), Embedding(65, 8), Dense(65), SoftmaxCrossEntropy]
            public partial class Sample;
            """);
}
