namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class EmbeddingNeedsTokensTests
{
    [Fact]
    public Task Embedding_of_numbers_reports_MDL0070_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(64)|}, {|MDL0070:Embedding(65, 8)|}, Dense(65), SoftmaxCrossEntropy]
            public partial class Sample;
            """,
            "Embedding expects tokens, but its input is 64 from [Input(64)]; declare the input as [Input(..., Type = ElementType.Token)]");

    [Theory]
    [InlineData("Input(8), {|from:Dense(4)|}, {|MDL0070:Embedding(9, 2)|}", "4 from [Dense(4)]; put it directly behind an input of tokens, such as [Input(length, Type = ElementType.Token)]")]
    [InlineData("Input(8), {|from:Reshape(2, 4)|}, {|MDL0070:Embedding(9, 2)|}", "2x4 from [Reshape(2, 4)]; declare the input as [Input(8, Type = ElementType.Token)] and leave out what stands between them")]
    [InlineData("{|from:Input(32, 10)|}, {|MDL0070:Embedding(9, 2)|}", "32x10 from [Input(32, 10)]; write [Input(10, Type = ElementType.Token)] if 32 is the batch, which an input leaves out")]
    [InlineData("{|from:Input(3, 10)|}, {|MDL0070:Embedding(9, 2)|}", "3x10 from [Input(3, 10)]; tokens have one dimension, so declare the input as [Input(length, Type = ElementType.Token)]")]
    [InlineData("Input(8, Type = ElementType.Token), {|from:Embedding(9, 2)|}, {|MDL0070:Embedding(9, 2)|}", "8x2 from [Embedding(9, 2)]; [Embedding(9, 2)] has made numbers of the tokens already, so leave one of them out")]
    public Task Embedding_of_numbers_from_elsewhere_reports_MDL0070_with_what_is_possible_there(string layers, string message) =>
        Diagnose.Reports($"[Model, {layers}, Flatten, Dense(3), MeanSquaredError] public partial class Sample;", $"Embedding expects tokens, but its input is {message}");

    [Fact]
    public Task Embedding_of_tokens_does_not_report_MDL0070() =>
        Diagnose.Silent(
            """
            [Model, Input(64, Type = ElementType.Token), Embedding(65, 8), Dense(65), SoftmaxCrossEntropy]
            public partial class Sample;
            """);
}
