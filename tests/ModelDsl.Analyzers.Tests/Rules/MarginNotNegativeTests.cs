namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class MarginNotNegativeTests
{
    [Theory]
    [InlineData("{|from:Input(8, 8, 3)|}, Pad({|MDL0049:-1|})", "Pad expects a margin of at least 0 pixels, got -1")]
    [InlineData("{|from:Input(8, 8, 3)|}, Pad(1, 2, {|MDL0049:-3|}, 0)", "Pad expects a margin of at least 0 pixels, got -3")]
    public Task Negative_margin_reports_MDL0049_at_the_argument(string layers, string message) => Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(8, 8, 3), Pad(0), Pad(0, 1, 0, 2)")]
    public Task Margin_of_nothing_does_not_report_MDL0049(string layers) => Diagnose.Silent(Model(layers));

    private static string Model(string layers) => $"[Model, {layers}, MeanSquaredError]\npublic partial class Regression;";
}
