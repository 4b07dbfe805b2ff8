namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class OverBudgetTests
{
    [Fact]
    public Task Model_over_its_budget_reports_MDL0106_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model(MaxParameters = {|MDL0106:1000|})]
            [Input(28, 28), Flatten]
            [Dense(32), Relu]
            [Dense(10)]
            [SoftmaxCrossEntropy]
            public partial class Net;
            """,
            "'Net' has 25,450 parameters, 24,450 more than its budget of 1,000; most of them, 25,120, are in [Dense(32)]");

    [Fact]
    public Task Model_over_the_budget_of_editorconfig_reports_MDL0106_at_the_class() =>
        Diagnose.Reports(
            Situation.WithOption("modeldsl_max_parameters", "10"),
            """
            [Model, Input(6), Dense(2), MeanSquaredError]
            public partial class {|MDL0106:Net|};
            """,
            "'Net' has 14 parameters, 4 more than its budget of 10; most of them, 14, are in [Dense(2)]");

    [Fact]
    public Task Model_within_its_budget_does_not_report_MDL0106() =>
        Diagnose.Silent(
            """
            [Model(MaxParameters = 14), Input(6), Dense(2), MeanSquaredError]
            public partial class Net;
            """);
}
