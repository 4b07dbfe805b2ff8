namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ModelMustBeClassTests
{
    [Theory]
    [InlineData("partial record {|MDL0003:Regression|};", "a record")]
    [InlineData("partial record class {|MDL0003:Regression|};", "a record")]
    [InlineData("partial struct {|MDL0003:Regression|};", "a struct")]
    [InlineData("readonly partial record struct {|MDL0003:Regression|};", "a record")]
    [InlineData("static partial class {|MDL0003:Regression|};", "static")]
    [InlineData("abstract partial class {|MDL0003:Regression|};", "abstract")]
    public Task Type_that_is_no_ordinary_class_reports_MDL0003_at_its_name(string type, string reason) =>
        Diagnose.Reports(
            "[Model, Input(3), Dense(2), MeanSquaredError]\npublic " + type,
            $"'Regression' is {reason}, but a model must be an instantiable class: it owns memory that cannot be copied or compared by value");

    [Fact]
    public Task Sealed_class_with_members_and_a_base_does_not_report_MDL0003() =>
        Diagnose.Silent(
            """
            public class Base;

            [Model, Input(3), Dense(2), MeanSquaredError]
            internal sealed partial class Regression : Base, System.IDisposable
            {
                public void Dispose() { }
            }
            """);
}
