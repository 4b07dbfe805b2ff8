namespace ModelDsl.Analyzers.Tests.CallSites;

public sealed class SamplesDoNotFitTests
{
    [Fact]
    public Task Result_of_one_model_in_another_of_other_width_reports_MDL0202_at_the_argument() =>
        CallSite.Reports(
            "mnist.Predict({|MDL0202:{|from:encoder.Predict(unknown)|}|});",
            "Mnist.Predict expects samples of 784 values (28x28), but those from Encoder.Predict have 32 (32)");

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
    public Task Known_number_of_results_that_makes_no_whole_samples_reports_MDL0202() =>
        CallSite.Reports(
            "pair.Predict({|MDL0202:{|from:encoder.Predict(new float[3 * 784])|}|});",
            "Pair.Predict expects samples of 64 values (64), but those from Encoder.Predict have 32 (32)");

    [Fact]
    public Task Result_that_is_larger_than_a_place_for_one_sample_reports_MDL0202() =>
        CallSite.Reports(
            "static int One([Shape(16)] ReadOnlySpan<float> x) => x.Length; One({|MDL0202:{|from:encoder.Predict(unknown)|}|});",
            "Caller.One expects samples of 16 values (16), but those from Encoder.Predict have 32 (32)");

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
    [InlineData("patch.Predict(encoder.Predict(unknown));")]
    [InlineData("patch.Predict(encoder.Predict(new float[784]));")]
    [InlineData("pair.Predict(encoder.Predict(unknown));")]
    [InlineData("static int Two([Shape(2, 32)] ReadOnlySpan<float> x) => x.Length; Two(encoder.Predict(unknown));")]
    public Task Results_that_fit_do_not_report_MDL0202(string statements) => CallSite.IsSilent(statements);
}
