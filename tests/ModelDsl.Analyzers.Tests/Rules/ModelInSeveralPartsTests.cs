namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ModelInSeveralPartsTests
{
    [Fact]
    public Task Layers_on_a_second_part_report_MDL0004_at_each_and_point_to_the_first_part() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2)]
            public partial class {|from:Regression|};

            [{|MDL0004:Tanh|}, {|MDL0004:MeanSquaredError|}]
            public partial class Regression;
            """,
            "The attributes of 'Regression' stand on several parts of the class, which have no order; move them to one part",
            "The attributes of 'Regression' stand on several parts of the class, which have no order; move them to one part");

    [Fact]
    public Task Second_part_without_layers_does_not_report_MDL0004() =>
        Diagnose.Silent(
            """
            [System.Serializable]
            public partial class Regression
            {
                public int Answer => 42;
            }

            [Model]
            [Input(3), Dense(2)]
            [MeanSquaredError]
            public partial class Regression;
            """);
}
