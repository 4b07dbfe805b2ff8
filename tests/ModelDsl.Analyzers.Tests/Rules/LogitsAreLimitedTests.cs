namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class LogitsAreLimitedTests
{
    [Theory]
    [InlineData("Input(3), Dense(4), {|MDL0114:Relu|}, {|from:SoftmaxCrossEntropy|}", "SoftmaxCrossEntropy takes logits of any size and either sign, but [Relu] before it gives only values from 0 up; remove [Relu]")]
    [InlineData("Input(3), Dense(4), {|MDL0114:Sigmoid|}, Flatten, {|from:SoftmaxCrossEntropy|}", "SoftmaxCrossEntropy takes logits of any size and either sign, but [Sigmoid] before it gives only values between 0 and 1; remove [Sigmoid]")]
    [InlineData("Input(3), Dense(1), {|MDL0114:Relu|}, {|from:BinaryCrossEntropy|}", "BinaryCrossEntropy takes logits of any size and either sign, but [Relu] before it gives only values from 0 up; remove [Relu]")]
    [InlineData("Input(3), Dense(4), {|MDL0114:Softplus|}, {|from:Hinge|}", "Hinge takes logits of any size and either sign, but [Softplus] before it gives only values above 0; remove [Softplus]")]
    [InlineData("Input(3), Dense(4), {|MDL0114:Tanh|}, {|from:SoftmaxCrossEntropy|}", "SoftmaxCrossEntropy takes logits of any size and either sign, but [Tanh] before it gives only values between -1 and 1; remove [Tanh]")]
    [InlineData("Input(3), Dense(4), {|MDL0114:HardSigmoid|}, {|from:SoftmaxCrossEntropy|}", "SoftmaxCrossEntropy takes logits of any size and either sign, but [HardSigmoid] before it gives only values between 0 and 1; remove [HardSigmoid]")]
    [InlineData("Input(3), Dense(4), {|MDL0114:Clip(0, 6)|}, {|from:SoftmaxCrossEntropy|}", "SoftmaxCrossEntropy takes logits of any size and either sign, but [Clip(0, 6)] before it gives only values between 0 and 6; remove [Clip(0, 6)]")]
    public Task Activation_before_a_loss_of_logits_reports_MDL0114_at_the_activation(string layers, string message) => Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(3), Dense(4), Relu, Dense(2), SoftmaxCrossEntropy")]
    [InlineData("Input(3), Dense(4), Relu, MeanSquaredError")]
    [InlineData("Input(3), Dense(4), LeakyRelu, SoftmaxCrossEntropy")]
    [InlineData("Input(3), Dense(4), Clip(-20, 20), SoftmaxCrossEntropy")]
    [InlineData("Input(3), Dense(1), Tanh, Hinge")]
    [InlineData("Input(3), Dense(4), Elu, BinaryCrossEntropy")]
    public Task Logits_and_other_losses_do_not_report_MDL0114(string layers) => Diagnose.Silent(Model(layers));


    private static string Model(string layers) => $"[Model, {layers}]\npublic partial class Net;";
}
