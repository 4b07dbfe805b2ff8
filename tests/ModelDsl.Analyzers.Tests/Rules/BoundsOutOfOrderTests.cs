namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class BoundsOutOfOrderTests
{
    [Theory]
    [InlineData("Clip(6, {|MDL0060:0|})", "Clip expects a minimum below its maximum, both finite, got 6 and 0")]
    [InlineData("Clip(0.5, {|MDL0060:0.5|})", "Clip expects a minimum below its maximum, both finite, got 0.5 and 0.5")]
    [InlineData("Clip(0, {|MDL0060:double.PositiveInfinity|})", "Clip expects a minimum below its maximum, both finite, got 0 and Infinity")]
    [InlineData("Clip(0, {|MDL0060:double.NaN|})", "Clip expects a minimum below its maximum, both finite, got 0 and NaN")]
    public Task Bounds_out_of_order_or_infinite_report_MDL0060_at_the_maximum(string layer, string message) =>
        Diagnose.Reports(Model(layer, "{|from:Input(3)|}"), message);

    [Theory]
    [InlineData("Clip(0, 6)")]
    [InlineData("Clip(-1, 1)")]
    [InlineData("Clip(-1e30, 1e30)")]
    public Task Finite_bounds_in_order_do_not_report_MDL0060(string layer) => Diagnose.Silent(Model(layer));

    private static string Model(string layer, string input = "Input(3)") =>
        $"[Model, {input}, {layer}, MeanSquaredError]\npublic partial class Net;";
}
