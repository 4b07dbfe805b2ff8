namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class OutputPaddingOutOfRangeTests
{
    [Theory]
    [InlineData("{|from:Input(8, 8, 3)|}, ConvTranspose2D(2, 3, OutputPadding = {|MDL0047:1|})", "ConvTranspose2D expects an output padding of at least 0 and less than its stride of 1, got 1")]
    [InlineData("{|from:Input(8, 8, 3)|}, ConvTranspose2D(2, 3, Stride = 3, StrideWidth = 2, OutputPadding = {|MDL0047:2|})", "ConvTranspose2D expects an output padding of at least 0 and less than its stride of 2, got 2")]
    [InlineData("{|from:Input(8, 8, 3)|}, ConvTranspose2D(2, 3, Stride = 2, OutputPadding = {|MDL0047:-1|})", "ConvTranspose2D expects an output padding of at least 0 and less than its stride of 2, got -1")]
    [InlineData("{|from:Input(8, 8, 3)|}, ConvTranspose2D(2, 3, Stride = 2, OutputPaddingHeight = {|MDL0047:2|})", "ConvTranspose2D expects an output padding of at least 0 and less than its stride of 2, got 2")]
    [InlineData("{|from:Input(8, 8, 3)|}, ConvTranspose2D(2, 3, StrideHeight = 3, OutputPaddingWidth = {|MDL0047:1|})", "ConvTranspose2D expects an output padding of at least 0 and less than its stride of 1, got 1")]
    [InlineData("{|from:Input(8, 8, 3)|}, ConvTranspose2D(2, 3, Stride = 2, OutputPadding = 1, OutputPaddingWidth = {|MDL0047:-2|})", "ConvTranspose2D expects an output padding of at least 0 and less than its stride of 2, got -2")]
    public Task Output_padding_outside_its_range_reports_MDL0047_at_the_argument(string layers, string message) => Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(8, 8, 3), ConvTranspose2D(2, 3, Stride = 3, OutputPadding = 2)")]
    [InlineData("Input(8, 8, 3), ConvTranspose2D(2, 3, StrideHeight = 3, OutputPaddingHeight = 2)")]
    [InlineData("Input(8, 8, 3), ConvTranspose2D(2, 3, StrideHeight = 3, StrideWidth = 2, OutputPadding = 1, OutputPaddingHeight = 2)")]
    public Task Output_padding_within_its_range_does_not_report_MDL0047(string layers) => Diagnose.Silent(Model(layers));

    private static string Model(string layers) => $"[Model, {layers}, MeanSquaredError]\npublic partial class Regression;";
}
