namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class UnknownInitializerTests
{
    [Theory]
    [InlineData("WeightInitializer")]
    [InlineData("BiasInitializer")]
    public Task Initializer_without_a_name_reports_MDL0024_at_the_argument(string argument) =>
        Diagnose.Reports(
            $"[Model, {{|from:Input(3)|}}, Dense(2, {argument} = {{|MDL0024:(Initializer)99|}}), MeanSquaredError]\npublic partial class Regression;",
            "99 is not a member of Initializer");

    [Theory]
    [InlineData("GlorotUniform")]
    [InlineData("GlorotNormal")]
    [InlineData("Constant")]
    public Task Member_of_the_enumeration_does_not_report_MDL0024(string initializer) =>
        Diagnose.Silent(
            $"[Model, Input(3), Dense(2, WeightInitializer = Initializer.{initializer}), MeanSquaredError]\npublic partial class Regression;");
}
