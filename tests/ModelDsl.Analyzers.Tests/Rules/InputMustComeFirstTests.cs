namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class InputMustComeFirstTests
{
    [Fact]
    public Task Input_after_a_layer_reports_MDL0006_at_the_input() =>
        Diagnose.Reports(
            """
            [Model, {|from:Dense(2)|}, {|MDL0006:Input(3)|}, MeanSquaredError]
            public partial class Regression;
            """,
            "[Input(3)] must be the first layer and stand once, but [Dense(2)] comes before it");

    [Fact]
    public Task Second_input_reports_MDL0006_at_the_second() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(3)|}, Dense(2), {|MDL0006:Input(2)|}, MeanSquaredError]
            public partial class Regression;
            """,
            "[Input(2)] must be the first layer and stand once, but [Input(3)] comes before it");

    [Fact]
    public Task Input_after_the_model_attribute_on_its_own_line_does_not_report_MDL0006() =>
        Diagnose.Silent(
            """
            [Model]
            [Input(3)]
            [Dense(2), MeanSquaredError]
            public partial class Regression;
            """);
}
