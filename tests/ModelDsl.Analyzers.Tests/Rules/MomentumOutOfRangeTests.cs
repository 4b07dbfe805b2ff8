namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class MomentumOutOfRangeTests
{
    [Theory]
    [InlineData("{|from:Input(8, 8, 3)|}, BatchNorm(Momentum = {|MDL0045:0f|})", "BatchNorm expects a momentum in (0, 1], got 0")]
    [InlineData("{|from:Input(8, 8, 3)|}, BatchNorm(Momentum = {|MDL0045:1.5f|})", "BatchNorm expects a momentum in (0, 1], got 1.5")]
    [InlineData("{|from:Input(8, 8, 3)|}, BatchNorm(Momentum = {|MDL0045:float.NaN|})", "BatchNorm expects a momentum in (0, 1], got NaN")]
    public Task Momentum_outside_its_range_reports_MDL0045_at_the_argument(string layers, string message) => Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(3), Dense(2, UseBias = false), BatchNorm")]
    [InlineData("Input(3), Dense(2, UseBias = false), BatchNorm(Momentum = 1f)")]
    public Task Momentum_within_its_range_does_not_report_MDL0045(string layers) => Diagnose.Silent(Model(layers));

    private static string Model(string layers) => $"[Model, {layers}, MeanSquaredError]\npublic partial class Regression;";
}
