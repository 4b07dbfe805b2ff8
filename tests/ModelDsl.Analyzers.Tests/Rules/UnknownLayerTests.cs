namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class UnknownLayerTests
{
    [Fact]
    public Task Attribute_class_of_the_user_reports_MDL0021_at_the_attribute() =>
        Diagnose.Reports(
            """
            public sealed class MineAttribute : LayerAttribute;

            [Model, Input(3), {|MDL0021:Mine|}, Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "The compiler does not know the layer 'Mine'; use a layer of ModelDsl");

    [Fact]
    public Task Attribute_class_that_is_no_layer_does_not_report_MDL0021() =>
        Diagnose.Silent(
            """
            public sealed class MineAttribute : System.Attribute;

            [Model, Input(3), Mine, Dense(2), MeanSquaredError]
            public partial class Regression;
            """);
}
