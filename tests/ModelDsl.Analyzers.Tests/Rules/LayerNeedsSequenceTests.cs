namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class LayerNeedsSequenceTests
{
    [Fact]
    public Task SelfAttention_on_an_image_reports_MDL0072_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(28, 28)|}, {|MDL0072:SelfAttention(Heads = 4)|}, MeanSquaredError]
            public partial class Sample;
            """,
            "SelfAttention expects a sequence of vectors, but its input is 28x28 from [Input(28, 28)]; declare it as [Input(steps, features, Sequence = true)], or begin with tokens and an [Embedding]");

    [Fact]
    public Task PositionEmbedding_on_a_vector_reports_MDL0072_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, Input(28), {|from:Dense(5)|}, {|MDL0072:PositionEmbedding|}, MeanSquaredError]
            public partial class Sample;
            """,
            "PositionEmbedding expects a sequence of vectors, but its input is 5 from [Dense(5)]; declare it as [Input(steps, features, Sequence = true)], or begin with tokens and an [Embedding]");

    [Fact]
    public Task Attention_and_positions_of_a_sequence_do_not_report_MDL0072() =>
        Diagnose.Silent(
            """
            [Model, Input(28, 28, Sequence = true), PositionEmbedding, SelfAttention(Heads = 4), MeanSquaredError]
            public partial class Sample;
            """);
}
