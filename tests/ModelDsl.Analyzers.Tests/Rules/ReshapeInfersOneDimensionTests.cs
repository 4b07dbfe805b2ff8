namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ReshapeInfersOneDimensionTests
{
    [Fact]
    public Task Reshape_with_two_inferred_dimensions_reports_MDL0014_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(6)|}, {|MDL0014:Reshape(-1, -1)|}, Flatten, Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "Reshape can infer one dimension, but 2 are -1; state the others");

    [Fact]
    public Task Reshape_with_one_inferred_dimension_does_not_report_MDL0014() =>
        Diagnose.Silent(
            """
            [Model, Input(6), Reshape(2, -1), Flatten, Dense(2), MeanSquaredError]
            public partial class Regression;
            """);
}
