namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class BiasBeforeBatchNormTests
{
    [Fact]
    public Task Bias_before_a_batch_normalisation_reports_MDL0109_at_its_layer() =>
        Diagnose.Reports(
            """
            [Model, Input(6, 6, 2), {|MDL0109:Conv2D(4, 3)|}, {|from:BatchNorm|}, Relu]
            [Flatten, {|MDL0109:Dense(3)|}, {|from:BatchNorm|}, MeanSquaredError]
            public partial class Net;
            """,
            "The bias of [Conv2D(4, 3)] has no effect, since [BatchNorm] subtracts each channel's mean; set UseBias = false",
            "The bias of [Dense(3)] has no effect, since [BatchNorm] subtracts each channel's mean; set UseBias = false");

    [Theory]
    [InlineData("Conv2D(4, 3, UseBias = false), BatchNorm, Relu")]
    [InlineData("Conv2D(4, 3), Relu, BatchNorm")]
    [InlineData("Conv2D(4, 3), GroupNorm(2)")]
    [InlineData("Conv2D(4, 3), BatchNorm(Frozen = true)")]
    public Task Bias_that_has_an_effect_does_not_report_MDL0109(string layers) =>
        Diagnose.Silent($"[Model, Input(6, 6, 2), {layers}, MeanSquaredError] public partial class Net;");
}
