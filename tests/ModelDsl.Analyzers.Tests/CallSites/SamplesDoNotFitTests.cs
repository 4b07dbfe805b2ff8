namespace ModelDsl.Analyzers.Tests.CallSites;

public sealed class SamplesDoNotFitTests
{
    [Fact]
    public Task Result_of_one_model_in_another_of_other_width_reports_MDL0202_at_the_argument() =>
        CallSite.Reports(
            "patch.Predict({|MDL0202:{|from:encoder.Predict(unknown)|}|});",
            "Patch.Predict expects samples of 16 values (16), but those from Encoder.Predict have 32 (32)");

    [Fact]
    public Task Result_in_a_variable_reports_MDL0202() =>
        CallSite.Reports(
            "var code = {|from:encoder.Predict(unknown)|}; var image = decoder.Predict(code); mnist.Predict(image); mnist.Predict({|MDL0202:code|});",
            "Mnist.Predict expects samples of 784 values (28x28), but those from Encoder.Predict have 32 (32)");

    [Fact]
    public Task Result_of_one_sample_reports_MDL0202() =>
        CallSite.Reports(
            "pair.Predict({|MDL0202:{|from:encoder.Predict(new float[784])|}|});",
            "Pair.Predict expects samples of 64 values (64), but those from Encoder.Predict have 32 (32)");

    [Fact]
    public Task Outputs_of_a_model_report_MDL0202() =>
        CallSite.Reports(
            "encoder.Predict(unknown); mnist.Predict({|MDL0202:{|from:encoder.Outputs|}|});",
            "Mnist.Predict expects samples of 784 values (28x28), but those from Encoder.Outputs have 32 (32)");

    [Theory]
    [InlineData("decoder.Predict(encoder.Predict(unknown));")]
    [InlineData("mnist.Predict(decoder.Predict(encoder.Predict(mnist.GetInputBuffer(1))));")]
    [InlineData("patch.Predict(patches.Predict(unknown));")]
    [InlineData("pair.Predict(patches.Predict(unknown));")]
    [InlineData("pair.Predict(encoder.Predict(new float[2 * 784]));")]
    [InlineData("pair.Predict(encoder.Predict(unknown)[..64]);")]
    public Task Results_that_fit_do_not_report_MDL0202(string statements) => CallSite.IsSilent(statements);
}
