namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class FactorMustNotBeNegativeTests
{
    [Theory]
    [InlineData("SoftmaxCrossEntropy(ClassWeights = [1, {|MDL0051:-2|}])", "SoftmaxCrossEntropy expects a finite weight of at least 0, got -2")]
    [InlineData(
        "BinaryCrossEntropy(PositiveWeights = new[] { {|MDL0051:float.NaN|} })",
        "BinaryCrossEntropy expects a finite weight of at least 0, got NaN")]
    [InlineData("MeanSquaredError(Weight = {|MDL0051:-0.1f|})", "MeanSquaredError expects a finite weight of at least 0, got -0.1")]
    public Task Negative_weight_reports_MDL0051_at_the_number(string loss, string message) =>
        Diagnose.Reports(Model($"{{|from:Dense(2)|}}, {loss}"), message);

    [Theory]
    [InlineData("SoftmaxCrossEntropy(ClassWeights = [0, 2.5f], Weight = 0)")]
    [InlineData("BinaryCrossEntropy(PositiveWeights = [0.5f])")]
    public Task Weight_of_zero_does_not_report_MDL0051(string loss) => Diagnose.Silent(Model($"Dense(2), {loss}"));

    [Theory]
    [InlineData("Dense(2, WeightL2 = {|MDL0051:-1e-4f|})", "Dense expects a finite L2 penalty of at least 0, got -0.0001")]
    [InlineData("Dense(2), ActivityRegularization(L1 = {|MDL0051:float.PositiveInfinity|})", "ActivityRegularization expects a finite L1 penalty of at least 0, got Infinity")]
    public Task Negative_penalty_reports_MDL0051_at_the_number(string layers, string message)
    {
        string from = layers.Contains("Activity", StringComparison.Ordinal) ? layers.Replace("Dense(2)", "{|from:Dense(2)|}", StringComparison.Ordinal) : layers;
        string input = from == layers ? "{|from:Input(3)|}" : "Input(3)";
        return Diagnose.Reports($"[Model, {input}, {from}, MeanSquaredError]\npublic partial class Sample;", message);
    }

    [Fact]
    public Task Penalty_does_not_report_MDL0051() => Diagnose.Silent(
        Model("Dense(2, WeightL1 = 0, WeightL2 = 1e-4f), ActivityRegularization(L1 = 0.1f), MeanSquaredError"));

    private static string Model(string layers) => $"[Model, Input(3), {layers}]\npublic partial class Sample;";
}
