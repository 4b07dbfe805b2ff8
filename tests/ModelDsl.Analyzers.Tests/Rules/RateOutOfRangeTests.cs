namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class RateOutOfRangeTests
{
    [Theory]
    [InlineData("Dropout({|MDL0016:1.5f|})", "Dropout expects a rate in [0, 1], got 1.5")]
    [InlineData("Dropout({|MDL0016:-0.1f|})", "Dropout expects a rate in [0, 1], got -0.1")]
    [InlineData("Dropout(rate: {|MDL0016:float.NaN|})", "Dropout expects a rate in [0, 1], got NaN")]
    [InlineData("LeakyRelu({|MDL0016:2f|})", "LeakyRelu expects a slope in [0, 1), got 2")]
    public Task Rate_outside_its_range_reports_MDL0016_at_the_argument(string layer, string message) =>
        Diagnose.Reports($"[Model, Input(3), {{|from:Dense(2)|}}, {layer}, MeanSquaredError]\npublic partial class Regression;", message);

    [Theory]
    [InlineData("Dropout(0f), Tanh")]
    [InlineData("Dropout(0.999f), Tanh")]
    [InlineData("LeakyRelu")]
    [InlineData("LeakyRelu(0.999f)")]
    public Task Rate_within_its_range_does_not_report_MDL0016(string layers) =>
        Diagnose.Silent($"[Model, Input(3), Dense(2), {layers}, MeanSquaredError]\npublic partial class Regression;");
}
