namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class GroupsMustDivideTests
{
    [Theory]
    [InlineData("{|from:Input(8, 8, 3)|}, Conv2D(4, 3, Groups = {|MDL0044:2|})", "Conv2D cannot divide 3 input channels from [Input(8, 8, 3)] into 2 groups of equal size")]
    [InlineData("{|from:Input(8, 8, 6)|}, Conv2D(4, 3, Groups = {|MDL0044:3|})", "Conv2D cannot divide 4 filters into 3 groups of equal size")]
    [InlineData("{|from:Input(8, 8, 6)|}, ConvTranspose2D(4, 3, Groups = {|MDL0044:4|})", "ConvTranspose2D cannot divide 6 input channels from [Input(8, 8, 6)] into 4 groups of equal size")]
    [InlineData("{|from:Input(8, 8, 6)|}, GroupNorm({|MDL0044:4|})", "GroupNorm cannot divide 6 channels from [Input(8, 8, 6)] into 4 groups of equal size")]
    public Task Groups_that_do_not_divide_reports_MDL0044_at_the_argument(string layers, string message) => Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(8, 8, 6), Conv2D(4, 3, Groups = 2)")]
    [InlineData("Input(8, 8, 6), ConvTranspose2D(9, 3, Groups = 3)")]
    [InlineData("Input(8, 8, 6), GroupNorm(3)")]
    [InlineData("Input(8, 8, 5), DepthwiseConv2D(3)")]
    public Task Groups_that_divide_does_not_report_MDL0044(string layers) => Diagnose.Silent(Model(layers));

    private static string Model(string layers) => $"[Model, {layers}, MeanSquaredError]\npublic partial class Regression;";
}
