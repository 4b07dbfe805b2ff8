namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class BlockRulesTests
{
    [Fact]
    public Task Class_that_is_no_block_reports_MDL0030_at_the_type_argument() =>
        Diagnose.Reports(
            """
            public class {|from:Think|};

            [Model, {|from:Input(4)|}, Residual<{|MDL0030:Think|}>, MeanSquaredError]
            public partial class Regression;
            """,
            "'Think' in [Residual<Think>] is not marked with [Block], so it has no layers to run");

    [Fact]
    public Task Block_does_not_report_MDL0030() =>
        Diagnose.Silent(Sources.WithBlock);

    [Fact]
    public Task Block_with_an_input_reports_MDL0033_in_the_block_where_no_use_takes_it() =>
        Diagnose.Reports(
            """
            [Block, {|MDL0033:Input(4)|}, Tanh]
            public partial class Think;

            [Model, Input(4), Residual<Think>, MeanSquaredError]
            public partial class Regression;
            """,
            "The block 'Think' contains [Input(4)], but a block takes its input from where it is used and has no loss; move it to the model");

    [Fact]
    public Task Block_without_input_and_loss_does_not_report_MDL0033() =>
        Diagnose.Silent(Sources.WithBlock);

    [Fact]
    public Task Residual_of_a_block_that_changes_the_shape_reports_MDL0034_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Model, {|from:Input(5)|}, {|MDL0034:Residual<Think>|}, MeanSquaredError]
            public partial class Regression;
            """,
            "Residual joins its branches element by element, but 'Think' gives 4 and its input from [Input(5)] gives 5; make both the same");

    [Fact]
    public Task Sum_of_different_shapes_reports_MDL0034_at_the_type_argument() =>
        Diagnose.Reports(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Block, Dense(6)]
            public partial class {|from:Wide|};

            [Model, {|from:Input(5)|}, Sum<Think, {|MDL0034:Wide|}>, MeanSquaredError]
            public partial class Regression;
            """,
            "Sum joins its branches element by element, but 'Wide' gives 6 and 'Think' gives 4; make both the same");

    [Fact]
    public Task Branches_of_one_shape_do_not_report_MDL0034() =>
        Diagnose.Silent(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Block, Dense(5), Tanh]
            public partial class Same;

            [Model, Input(5), Sum<Think, Think>, Dense(5), Residual<Same>, MeanSquaredError]
            public partial class Regression;
            """);

    [Fact]
    public Task Gate_of_other_channels_reports_MDL0083_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Block, GlobalAveragePool, Dense(4), Sigmoid]
            public partial class Gate;

            [Model, Input(8, 8, 3), {|from:Conv2D(16, 3)|}, Relu, {|MDL0083:Multiply<Gate>|}, MeanSquaredError]
            public partial class Pictures;
            """,
            "Multiply scales its input by what 'Gate' gives, 4, but the input is 6x6x16 from [Conv2D(16, 3)]; from the "
                + "last dimension on, each extent of the gate must be that of the input, or 1");

    [Fact]
    public Task Gate_that_is_larger_than_its_input_reports_MDL0083_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Block, Dense(12), Reshape(3, 4)]
            public partial class Gate;

            [Model, Input(5), {|from:Dense(4)|}, {|MDL0083:Multiply<Gate>|}, MeanSquaredError]
            public partial class Regression;
            """,
            "Multiply scales its input by what 'Gate' gives, 3x4, but the input is 4 from [Dense(4)]; from the last "
                + "dimension on, each extent of the gate must be that of the input, or 1");

    [Fact]
    public Task Gates_that_broadcast_do_not_report_MDL0083() =>
        Diagnose.Silent(
            """
            [Block, GlobalAveragePool, Dense(16), Sigmoid]
            public partial class Channels;

            [Block, Conv2D(1, 1), Sigmoid]
            public partial class Pixels;

            [Block, GlobalAveragePool, Dense(6), Sigmoid, Reshape(6, 1, 1)]
            public partial class Rows;

            [Block, Dense(1), Sigmoid]
            public partial class Steps;

            [Block, GlobalAveragePool, Dense(4), Sigmoid]
            public partial class Features;

            [Block, Dense(4), Sigmoid]
            public partial class Elements;

            [Model, Input(8, 8, 3), Conv2D(16, 3), Relu]
            [Multiply<Channels>, Multiply<Pixels>, Multiply<Rows>]
            [MeanSquaredError]
            public partial class Pictures;

            [Model, Input(6, 4, Sequence = true)]
            [Multiply<Steps>, Multiply<Features>, Multiply<Elements>]
            [MeanSquaredError]
            public partial class Sequences;
            """);

    [Fact]
    public Task Branches_that_do_not_broadcast_report_MDL0401_at_the_type_argument() =>
        Diagnose.Reports(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Block, Dense(6)]
            public partial class {|from:Wide|};

            [Model, {|from:Input(5)|}, Multiply<Think, {|MDL0401:Wide|}>, MeanSquaredError]
            public partial class Regression;
            """,
            "'[Multiply<Think, Wide>]' combines 4 from 'Think' and 6 from 'Wide'; "
                + "from the last dimension on, extents must be equal or 1");

    [Fact]
    public Task Branches_that_broadcast_do_not_report_MDL0401() =>
        Diagnose.Silent(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Block, Dense(1), Sigmoid]
            public partial class Gate;

            [Block, Dense(3), Tanh, Reshape(3, 1)]
            public partial class Column;

            [Model, Input(5), Multiply<Gate, Think>, Multiply<Think, Column>, MeanSquaredError]
            public partial class Regression;
            """);

    [Fact]
    public Task Branches_of_parameters_report_MDL0403() =>
        Diagnose.Reports(
            """
            [Block]
            public partial class Scale
            {
                private static Tensor Forward(Tensor x, [Parameter(5)] Tensor scale) => scale;
            }

            [Model, {|from:Input(5)|}, {|MDL0403:Multiply<Scale, Scale>|}, MeanSquaredError]
            public partial class Regression;
            """,
            "'[Multiply<Scale, Scale>]' depends on parameters alone; only operations of methods and activation "
                + "functions compute with those, and a loss or an output needs something of the samples");

    [Fact]
    public Task Product_of_tokens_reports_MDL0071() =>
        Diagnose.Reports(
            """
            [Block, Embedding(5, 6)]
            public partial class Gate;

            [Model, {|from:Input(6, Type = ElementType.Token)|}, {|MDL0071:Multiply<Gate>|}, MeanSquaredError]
            public partial class Words;
            """,
            "Multiply expects numbers, but its input is 6 tokens from [Input(6, Type = ElementType.Token)]; "
                + "add [Embedding] or [OneHot] before it");

    [Fact]
    public Task Product_of_branches_of_tokens_reports_MDL0071() =>
        Diagnose.Reports(
            """
            [Block, Embedding(5, 6)]
            public partial class Gate;

            [Block]
            public partial class {|from:Same|};

            [Model, {|from:Input(6, Type = ElementType.Token)|}, Multiply<Gate, {|MDL0071:Same|}>, MeanSquaredError]
            public partial class Words;
            """,
            "Multiply expects numbers, but its input is 6 tokens from [Input(6, Type = ElementType.Token)]; "
                + "add [Embedding] or [OneHot] before it");

    [Fact]
    public Task Gate_with_an_input_of_its_own_reports_MDL0005_for_the_model() =>
        Diagnose.Reports(
            """
            [Block, Input(5), Dense(5), Sigmoid]
            public partial class Gate;

            [Model, Multiply<Gate>, MeanSquaredError]
            public partial class {|MDL0005:Regression|};
            """,
            "'Regression' does not say what flows in; start its attributes with [Input(...)]");

    [Fact]
    public Task Concat_of_different_rows_reports_MDL0036_at_the_type_argument() =>
        Diagnose.Reports(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Block, Reshape(2, 2)]
            public partial class {|from:Image|};

            [Model, {|from:Input(4)|}, Concat<Think, {|MDL0036:Image|}>, MeanSquaredError]
            public partial class Regression;
            """,
            "Concat puts its branches side by side along the last dimension, but 'Image' gives 2x2 and 'Think' gives 4");

    [Fact]
    public Task Concat_of_different_columns_does_not_report_MDL0036() =>
        Diagnose.Silent(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Block, Dense(6), Tanh]
            public partial class Wide;

            [Model, Input(5), Concat<Think, Wide, Think>, MeanSquaredError]
            public partial class Regression;
            """);

    [Fact]
    public Task Shared_copies_that_widen_report_MDL0080_at_the_argument() =>
        Diagnose.Reports(
            """
            [Block, Dense(5), Tanh] public partial class Widen;
            [Model, {|from:Input(3)|}, Repeat<Widen>(2, Shared = {|MDL0080:true|}), Dense(1), MeanSquaredError]
            public partial class Sample;
            """,
            "Repeat with Shared = true runs the same parameters again on what they made, but 'Widen' makes 5 of 3");

    [Fact]
    public Task Copies_that_keep_the_shape_or_have_parameters_of_their_own_do_not_report_MDL0080() =>
        Diagnose.Silent(
            """
            [Block, Dense(5), Tanh] public partial class Widen;
            [Model, Input(3), Repeat<Widen>(2), Repeat<Widen>(2, Shared = true), Dense(1), MeanSquaredError]
            public partial class Sample;
            """);

    [Fact]
    public Task Another_shape_than_at_the_first_use_reports_MDL0081_at_the_block() =>
        Diagnose.Reports(
            """
            [Block(Shared = true), Dense(5), Tanh] public partial class {|from:Encoder|};
            [Model, Input(3), {|from:Repeat<Encoder>(1)|}, Repeat<{|MDL0081:Encoder|}>(1), Dense(1), MeanSquaredError]
            public partial class Sample;
            """,
            "'Encoder' is a shared block that was used on 3 by [Repeat<Encoder>(1)], and is used here on 5 from [Repeat<Encoder>(1)]");

    [Fact]
    public Task Uses_on_one_shape_and_blocks_that_are_not_shared_do_not_report_MDL0081() =>
        Diagnose.Silent(
            """
            [Block(Shared = true), Dense(3), Tanh] public partial class Encoder;
            [Block, Dense(5), Tanh] public partial class Own;
            [Model, Input(3), Sum<Encoder, Encoder>, Residual<Encoder>, Repeat<Own>(2), Dense(1), MeanSquaredError]
            public partial class Sample;
            """);
}
