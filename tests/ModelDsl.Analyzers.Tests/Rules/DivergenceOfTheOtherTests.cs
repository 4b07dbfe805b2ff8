namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class DivergenceOfTheOtherTests
{
    [Theory]
    [InlineData(
        "Softmax, {|MDL0054:KullbackLeibler|}",
        "KullbackLeibler expects logarithms of probabilities, but [Softmax] gives the probabilities themselves; set FromProbabilities = true")]
    [InlineData(
        "LogSoftmax, KullbackLeibler(FromProbabilities = {|MDL0054:true|})",
        "KullbackLeibler expects probabilities, but [LogSoftmax] gives their logarithms; set FromProbabilities = false")]
    public Task Divergence_of_what_it_does_not_expect_reports_MDL0054_at_the_option(string layers, string message) =>
        Diagnose.Reports(Model($"{{|from:Dense(4)|}}, {layers}"), message);

    [Theory]
    [InlineData("LogSoftmax, KullbackLeibler")]
    [InlineData("Softmax, KullbackLeibler(FromProbabilities = true)")]
    [InlineData("KullbackLeibler")]
    public Task Divergence_of_what_it_expects_does_not_report_MDL0054(string layers) => Diagnose.Silent(Model($"Dense(4), {layers}"));

    private static string Model(string layers) => $"[Model, Input(3), {layers}]\npublic partial class Sample;";
}
