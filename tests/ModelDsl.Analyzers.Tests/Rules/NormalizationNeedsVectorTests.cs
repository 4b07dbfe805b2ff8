namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class NormalizationNeedsVectorTests
{
    [Fact]
    public Task LayerNorm_on_an_image_reports_MDL0074_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(28, 28)|}, {|MDL0074:LayerNorm|}, MeanSquaredError]
            public partial class Sample;
            """,
            "LayerNorm expects a vector or a sequence of vectors, but its input is 28x28 from [Input(28, 28)]; add [Flatten] before it");

    [Fact]
    public Task Normalizations_of_vectors_do_not_report_MDL0074() =>
        Diagnose.Silent(
            """
            [Model, Input(28, 28), Flatten, LayerNorm, Dense(7), RmsNorm, MeanSquaredError]
            public partial class Sample;
            """);
}
