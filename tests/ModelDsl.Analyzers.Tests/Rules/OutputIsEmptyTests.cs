namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class OutputIsEmptyTests
{
    [Fact]
    public Task Transposed_convolution_that_takes_all_off_reports_MDL0048_at_the_attribute() =>
        Diagnose.Reports(
            Model("{|from:Input(1, 1, 3)|}, {|MDL0048:ConvTranspose2D(2, 2, PaddingSize = 1)|}"),
            "ConvTranspose2D leaves nothing of its input of 1x1x3 from [Input(1, 1, 3)]: it takes more off the border than there is");

    [Theory]
    [InlineData("Input(1, 1, 3), ConvTranspose2D(2, 3, PaddingSize = 1)")]
    public Task Transposed_convolution_that_leaves_a_pixel_does_not_report_MDL0048(string layers) => Diagnose.Silent(Model(layers));

    private static string Model(string layers) => $"[Model, {layers}, MeanSquaredError]\npublic partial class Regression;";
}
