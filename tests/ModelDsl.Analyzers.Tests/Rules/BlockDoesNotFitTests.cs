using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class BlockDoesNotFitTests
{
    [Fact]
    public Task Block_of_vectors_on_an_image_reports_MDL0032_at_the_type_argument() =>
        Diagnose.Reports(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Model, {|from:Input(28, 28)|}, Residual<{|MDL0032:Think|}>, MeanSquaredError]
            public partial class Regression;
            """,
            "The block 'Think' does not fit its input 28x28: Dense expects a vector, but its input is 28x28 from the block around it; add [Flatten] before it");

    [Fact]
    public Task Block_that_fits_in_one_place_and_not_another_does_not_report_MDL0032_where_it_fits() =>
        Diagnose.Silent(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Model, Input(2, 2), Flatten, Sum<Think, Think>, MeanSquaredError]
            public partial class Regression;
            """);
}
