namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class TooManyElementsTests
{
    [Fact]
    public Task Input_beyond_an_int_reports_MDL0020_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, {|MDL0020:Input(65536, 65536)|}, Flatten, Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "The shape 65536x65536 of [Input(65536, 65536)] has more elements than can be addressed (2,147,483,647)");

    [Fact]
    public Task Large_input_within_an_int_does_not_report_MDL0020() =>
        Diagnose.Silent(
            """
            [Model, Input(1024, 1024), Tanh, MeanSquaredError]
            public partial class Squash;
            """);
}
