namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class LayerWithoutModelTests
{
    [Fact]
    public Task Layers_on_an_ordinary_class_report_MDL0011_at_each() =>
        Diagnose.Reports(
            """
            [{|MDL0011:Input(3)|}, {|MDL0011:Dense(2)|}]
            public partial class Regression;
            """,
            "[Input] has no effect, since 'Regression' is not marked with [Model]",
            "[Dense] has no effect, since 'Regression' is not marked with [Model]");

    [Fact]
    public Task Layer_on_an_ordinary_struct_reports_MDL0011() =>
        Diagnose.Reports(
            """
            [{|MDL0011:Relu|}]
            public struct Regression;
            """,
            "[Relu] has no effect, since 'Regression' is not marked with [Model]");

    [Fact]
    public Task Other_attributes_do_not_report_MDL0011() =>
        Diagnose.Silent(
            """
            [System.Serializable]
            public class Dense;
            """);

    [Fact]
    public Task Layers_on_a_model_do_not_report_MDL0011() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Regression;
            """);
}
