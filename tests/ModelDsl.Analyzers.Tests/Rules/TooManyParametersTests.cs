namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class TooManyParametersTests
{
    [Fact]
    public Task Weights_beyond_a_span_report_MDL0025_at_the_class() =>
        Diagnose.Reports(
            """
            [Model, Input(50000), Dense(20000), Relu, Dense(60000), MeanSquaredError]
            public partial class {|MDL0025:Regression|};
            """,
            "The parameters of 'Regression' take 2200080000 floats, more than one span can hold (2,147,483,647); make the layers smaller");

    [Fact]
    public Task One_weight_beyond_an_int_reports_MDL0025() =>
        Diagnose.Reports(
            """
            [Model, Input(100000), Dense(100000), MeanSquaredError]
            public partial class {|MDL0025:Regression|};
            """,
            "The parameters of 'Regression' take 10000100000 floats, more than one span can hold (2,147,483,647); make the layers smaller");

    [Fact]
    public Task Large_weight_within_a_span_does_not_report_MDL0025() =>
        Diagnose.Silent(
            """
            [Model, Input(40000), Dense(40000), MeanSquaredError]
            public partial class Regression;
            """);
}
