namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ModelMustBePartialTests
{
    [Fact]
    public Task Class_without_partial_reports_MDL0001_at_its_name() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public class {|MDL0001:Regression|};
            """,
            "'Regression' must be declared partial, since the compiler adds its other part");

    [Fact]
    public Task Partial_class_does_not_report_MDL0001() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Regression;
            """);
}
