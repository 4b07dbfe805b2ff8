namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class PaddingGivenTwiceTests
{
    [Theory]
    [InlineData("{|from:Input(8, 8, 1)|}, Conv2D(2, 3, Padding = Padding.Same, PaddingWidth = {|MDL0043:1|})", "Conv2D has Padding.Same and a padding of 1; leave one of them out")]
    [InlineData("{|from:Input(8, 8, 1)|}, ConvTranspose2D(2, 3, Stride = 2, Padding = Padding.Same, OutputPadding = {|MDL0043:1|})", "ConvTranspose2D has Padding.Same and a padding of 1; leave one of them out")]
    [InlineData("{|from:Input(8, 2, Sequence = true)|}, Conv1D(2, 3, Causal = true, PaddingSize = {|MDL0043:1|})", "Conv1D has Causal = true and a padding of 1; leave one of them out")]
    [InlineData("{|from:Input(8, 2, Sequence = true)|}, Conv1D(2, 3, Causal = true, Padding = {|MDL0043:Padding.Same|})", "Conv1D has Causal = true and a padding of Padding.Same; leave one of them out")]
    public Task Padding_in_two_ways_reports_MDL0043_at_the_argument(string layers, string message) => Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(8, 8, 1), Conv2D(2, 3, Padding = Padding.Same)")]
    [InlineData("Input(8, 8, 1), Conv2D(2, 3, Padding = Padding.Valid, PaddingSize = 1)")]
    public Task Padding_in_one_way_does_not_report_MDL0043(string layers) => Diagnose.Silent(Model(layers));

    private static string Model(string layers) => $"[Model, {layers}, MeanSquaredError]\npublic partial class Regression;";
}
