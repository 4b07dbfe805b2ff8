namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ContainingTypeMustBePartialTests
{
    [Fact]
    public Task Model_in_a_class_without_partial_reports_MDL0002_at_that_class() =>
        Diagnose.Reports(
            """
            public class {|MDL0002:Outer|}
            {
                [Model, Input(3), Dense(2), MeanSquaredError]
                public partial class Regression;
            }
            """,
            "'Outer' must be declared partial, since it contains the model 'Regression'");

    [Fact]
    public Task Two_outer_types_without_partial_report_MDL0002_each() =>
        Diagnose.Reports(
            """
            public struct {|MDL0002:Outer|}
            {
                public interface {|MDL0002:IInner|}
                {
                    [Model, Input(3), Dense(2), MeanSquaredError]
                    public partial class Regression;
                }
            }
            """,
            "'Outer' must be declared partial, since it contains the model 'Regression'",
            "'IInner' must be declared partial, since it contains the model 'Regression'");

    [Fact]
    public Task Model_in_partial_types_does_not_report_MDL0002() =>
        Diagnose.Silent(
            """
            public partial record Outer<T>
            {
                private partial struct Inner
                {
                    [Model, Input(3), Dense(2), MeanSquaredError]
                    private partial class Regression;
                }
            }
            """);
}
