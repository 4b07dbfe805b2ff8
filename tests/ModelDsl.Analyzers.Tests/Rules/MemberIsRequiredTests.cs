namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class MemberIsRequiredTests
{
    private const string Layers = "[Model, Input(3), Dense(2), MeanSquaredError]";

    [Theory]
    [InlineData("public required string {|MDL0094:Title|} { get; set; }")]
    [InlineData("public required string {|MDL0094:Title|};")]
    public Task Required_member_reports_MDL0094_at_its_name(string member) =>
        Diagnose.Reports(
            $"{Layers}\npublic partial class Net {{ {member} }}",
            "'Title' of 'Net' is required, but the generated code creates models without it; give it a value and remove 'required'");

    [Fact]
    public Task Required_member_of_a_base_class_reports_MDL0094_at_the_base_class() =>
        Diagnose.Reports(
            $$"""
            public class Named { public required string Title { get; set; } }

            {{Layers}}
            public partial class Net : {|MDL0094:Named|};
            """,
            "'Title' of 'Named' is required, but the generated code creates models without it; give it a value and remove 'required'");

    [Fact]
    public Task Member_with_a_value_does_not_report_MDL0094() =>
        Diagnose.Silent($"{Layers}\npublic partial class Net {{ public string Title {{ get; init; }} = \"\"; }}");
}
