using ModelDsl.Analyzers.Tests.Verification;

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

    [Fact]
    public Task Embedding_of_tokens_does_not_report_MDL0070() =>
        Diagnose.Silent(
            """
            [Model, Input(64, Type = ElementType.Token), Embedding(65, 8), Dense(65), SoftmaxCrossEntropy]
            public partial class Sample;
            """);
}
