namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class WeightsMustMatchOutputsTests
{
    [Theory]
    [InlineData(
        "SoftmaxCrossEntropy(ClassWeights = {|MDL0052:[1, 2]|})",
        "SoftmaxCrossEntropy expects one weight for each class, 3 of them since its input comes from [Dense(3)], got 2")]
    [InlineData(
        "BinaryCrossEntropy(PositiveWeights = {|MDL0052:new float[] { 1, 2, 3, 4 }|})",
        "BinaryCrossEntropy expects one weight for each output, 3 of them since its input comes from [Dense(3)], got 4")]
    public Task Too_few_or_too_many_weights_report_MDL0052_at_the_list(string loss, string message) =>
        Diagnose.Reports(Model($"{{|from:Dense(3)|}}, {loss}"), message);

    [Theory]
    [InlineData("SoftmaxCrossEntropy(ClassWeights = [1, 2, 3])")]
    [InlineData("SoftmaxCrossEntropy(ClassWeights = [])")]
    [InlineData("BinaryCrossEntropy(PositiveWeights = [2])")]
    [InlineData("BinaryCrossEntropy(PositiveWeights = [1, 2, 3])")]
    public Task One_weight_for_each_class_or_output_does_not_report_MDL0052(string loss) => Diagnose.Silent(Model($"Dense(3), {loss}"));

    private static string Model(string layers) => $"[Model, Input(5), {layers}]\npublic partial class Sample;";
}
