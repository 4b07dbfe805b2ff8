namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class EpsilonMustBePositiveTests
{
    [Theory]
    [InlineData("{|from:Input(8, 8, 3)|}, BatchNorm(Epsilon = {|MDL0046:0f|})", "BatchNorm expects a positive, finite epsilon, got 0")]
    [InlineData("{|from:Input(8, 8, 3)|}, GroupNorm(3, Epsilon = {|MDL0046:-1f|})", "GroupNorm expects a positive, finite epsilon, got -1")]
    [InlineData("{|from:Input(8, 8, 3)|}, GroupNorm(3, Epsilon = {|MDL0046:float.NaN|})", "GroupNorm expects a positive, finite epsilon, got NaN")]
    public Task Epsilon_that_is_not_positive_reports_MDL0046_at_the_argument(string layers, string message) => Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(8, 8, 3), BatchNorm(Epsilon = 1e-9f), GroupNorm(3, Epsilon = 1f)")]
    public Task Epsilon_that_is_positive_does_not_report_MDL0046(string layers) => Diagnose.Silent(Model(layers));

    private static string Model(string layers) => $"[Model, {layers}, MeanSquaredError]\npublic partial class Regression;";
}
