namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class MomentumOfKerasTests
{
    [Theory]
    [InlineData("Input(3), BatchNorm(Momentum = {|MDL0115:0.99f|}), Dense(4), SoftmaxCrossEntropy", "Momentum is the share of the batch in the running statistics, as in PyTorch, so 0.99 keeps only 0.01 of the past; what Keras calls 0.99 is Momentum = 0.01")]
    [InlineData("Input(3), BatchNorm(Momentum = {|MDL0115:0.9|}), Dense(4), SoftmaxCrossEntropy", "Momentum is the share of the batch in the running statistics, as in PyTorch, so 0.9 keeps only 0.1 of the past; what Keras calls 0.9 is Momentum = 0.1")]
    public Task Momentum_of_Keras_reports_MDL0115_at_the_number(string layers, string message) => Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(3), BatchNorm, Dense(4), MeanSquaredError")]
    [InlineData("Input(3), BatchNorm(Momentum = 0.3f), Dense(4), MeanSquaredError")]
    [InlineData("Input(3), BatchNorm(Momentum = 1), Dense(4), MeanSquaredError")]
    public Task Momentum_of_PyTorch_does_not_report_MDL0115(string layers) => Diagnose.Silent(Model(layers));


    private static string Model(string layers) => $"[Model, {layers}]\npublic partial class Net;";
}
