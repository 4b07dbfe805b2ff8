namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class NumberMustBePositiveTests
{
    [Fact]
    public Task Epsilon_of_zero_reports_MDL0075_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(28)|}, LayerNorm(Epsilon = {|MDL0075:0f|}), MeanSquaredError]
            public partial class Sample;
            """,
            "LayerNorm expects an epsilon above 0, got 0");

    [Fact]
    public Task Negative_deviation_reports_MDL0075_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(28, Type = ElementType.Token)|}, Embedding(5, 6, Deviation = {|MDL0075:-1f|}), MeanSquaredError]
            public partial class Sample;
            """,
            "Embedding expects a standard deviation above 0, got -1");

    [Fact]
    public Task Small_epsilon_does_not_report_MDL0075() =>
        Diagnose.Silent(
            """
            [Model, Input(28), RmsNorm(Epsilon = 1e-12f), MeanSquaredError]
            public partial class Sample;
            """);
}
