namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class InvalidLayerNameTests
{
    [Theory]
    [InlineData("")]
    [InlineData("my layer")]
    [InlineData("1st")]
    [InlineData("@class")]
    public Task Name_that_is_no_identifier_reports_MDL0022_at_the_name(string name) =>
        Diagnose.Reports(
            $"[Model, Input(3), Dense(2, Name = {{|MDL0022:\"{name}\"|}}), MeanSquaredError]\npublic partial class Regression;",
            $"'{name}' cannot name a layer, since it becomes part of a member's name; use letters, digits and underscores");

    [Theory]
    [InlineData("encoder")]
    [InlineData("Encoder")]
    [InlineData("Class")]
    [InlineData("class")]
    [InlineData("event")]
    [InlineData("await")]
    [InlineData("batch")]
    [InlineData("größe_2")]
    public Task Name_that_is_an_identifier_does_not_report_MDL0022(string name) =>
        Diagnose.Silent($"[Model, Input(3), Dense(2, Name = \"{name}\"), Tanh(Name = \"arena\"), MeanSquaredError]\npublic partial class Regression;");
}
