namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class BlockDoesNotFitTests
{
    [Fact]
    public Task Block_of_vectors_on_an_image_reports_MDL0032_at_the_type_argument() =>
        Diagnose.Reports(
            """
            [Block, {|from:Dense(4)|}, Tanh]
            public partial class Think;

            [Model, {|from:Input(28, 28)|}, Residual<{|MDL0032:Think|}>, MeanSquaredError]
            public partial class Regression;
            """,
            "The block 'Think' does not fit its input 28x28 from [Input(28, 28)]: Dense expects a vector, but its input is 28x28 from [Input(28, 28)]; add [Flatten] before it");

    [Fact]
    public Task Layer_that_does_not_fit_another_of_its_block_reports_its_own_rule_in_the_block_and_not_MDL0032() =>
        Diagnose.Reports(
            """
            [Block, Tanh, {|from:Reshape(2, 2)|}, {|MDL0012:Dense(4)|}]
            public partial class Think;

            [Block, Tanh, Repeat<Think>(2)]
            public partial class Twice;

            [Model, Input(4), Sigmoid, Residual<Twice>, MeanSquaredError]
            public partial class Regression;
            """,
            "Dense expects a vector, but its input is 2x2 from [Reshape(2, 2)]; add [Flatten] before it");

    [Fact]
    public Task Second_copy_of_a_block_reports_MDL0032_with_the_layer_of_the_first_that_it_follows() =>
        Diagnose.Reports(
            """
            [Block, {|from:Dense(4)|}, Reshape(2, 2)]
            public partial class Think;

            [Model, {|from:Input(4)|}, Repeat<{|MDL0032:Think|}>(2), MeanSquaredError]
            public partial class Regression;
            """,
            "The block 'Think' does not fit its input 2x2 from [Reshape(2, 2)]: "
                + "Dense expects a vector, but its input is 2x2 from [Reshape(2, 2)]; add [Flatten] before it");

    [Fact]
    public Task Argument_that_is_wrong_wherever_the_block_is_used_reports_its_own_rule_and_not_MDL0032() =>
        Diagnose.Reports(
            """
            [Block, Dropout({|MDL0016:1.5f|})]
            public partial class Think;

            [Model, Input(4), Repeat<Think>(2), MeanSquaredError]
            public partial class Regression;
            """,
            "Dropout expects a rate in [0, 1], got 1.5");

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
