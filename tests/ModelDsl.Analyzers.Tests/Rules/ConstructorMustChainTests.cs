namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ConstructorMustChainTests
{
    [Fact]
    public Task Constructor_that_calls_no_other_reports_MDL0029_at_its_name() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Regression
            {
                public {|MDL0029:Regression|}(string name) { }
            }
            """,
            "This constructor of 'Regression' leaves the model without memory; let it call the generated constructor with ': this(seed)' or ': this()'");

    [Fact]
    public Task Constructor_that_calls_the_base_reports_MDL0029() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Regression
            {
                public {|MDL0029:Regression|}(string name) : base() { }
            }
            """,
            "This constructor of 'Regression' leaves the model without memory; let it call the generated constructor with ': this(seed)' or ': this()'");

    [Fact]
    public Task Constructor_that_calls_the_generated_one_does_not_report_MDL0029() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Regression
            {
                static Regression() { }

                public Regression(string name) : this(42UL) { }

                public Regression(int number) : this("") { }
            }
            """);
}
