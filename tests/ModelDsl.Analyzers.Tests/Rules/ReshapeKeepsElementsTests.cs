namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ReshapeKeepsElementsTests
{
    [Fact]
    public Task Reshape_to_another_count_reports_MDL0013_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, Input(6), {|from:Dense(12)|}, {|MDL0013:Reshape(3, 5)|}, MeanSquaredError]
            public partial class Regression;
            """,
            "Reshape to 3x5 asks for 15 elements, but its input is 12, 12 elements, from [Dense(12)]");

    [Fact]
    public Task Reshape_whose_inferred_dimension_does_not_divide_reports_MDL0013() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(28, 28)|}, {|MDL0013:Reshape(-1, 5)|}, Flatten, Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "Reshape to ?x5 asks for a multiple of 5 elements, but its input is 28x28, 784 elements, from [Input(28, 28)]");

    [Fact]
    public Task Reshape_of_as_many_elements_does_not_report_MDL0013() =>
        Diagnose.Silent(
            """
            [Model, Input(28, 28), Reshape(-1, 14), Reshape(784), Dense(2), MeanSquaredError]
            public partial class Regression;
            """);
}
