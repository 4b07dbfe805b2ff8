namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class LossNeedsVectorTests
{
    [Theory]
    [InlineData("SoftmaxCrossEntropy")]
    [InlineData("Hinge")]
    public Task Loss_over_classes_on_an_image_reports_MDL0017_at_the_loss(string loss) =>
        Diagnose.Reports(
            $"[Model, Input(3), Dense(6), {{|from:Reshape(2, 3)|}}, {{|MDL0017:{loss}|}}]\npublic partial class Classifier;",
            $"{loss} expects one vector of scores, but its input is 2x3 from [Reshape(2, 3)]; add [Flatten] before it");

    [Theory]
    [InlineData("MeanSquaredError")]
    [InlineData("BinaryCrossEntropy")]
    public Task Element_wise_loss_on_an_image_does_not_report_MDL0017(string loss) =>
        Diagnose.Silent($"[Model, Input(3), Dense(6), Reshape(2, 3), {loss}]\npublic partial class Classifier;");
}
