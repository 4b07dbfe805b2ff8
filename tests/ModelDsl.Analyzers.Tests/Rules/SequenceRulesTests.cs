namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class SequenceRulesTests
{
    [Fact]
    public Task Tokens_of_two_dimensions_report_MDL0037_at_the_input() =>
        Diagnose.Reports(
            """
            [Model, {|MDL0037:Input(8, 8, Type = ElementType.Token)|}, Flatten, Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "An input of tokens expects one dimension, the length of the sequence, got 8x8");

    [Fact]
    public Task Tokens_of_one_dimension_do_not_report_MDL0037() =>
        Diagnose.Silent(
            """
            [Model, Input(64, Type = ElementType.Token), Embedding(5, 3), MeanSquaredError]
            public partial class Regression;
            """);

    [Fact]
    public Task Sequence_of_one_dimension_reports_MDL0038_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, Input(8, Sequence = {|MDL0038:true|}), Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "An input sequence expects two dimensions, steps and features, got 8");

    [Fact]
    public Task Sequence_of_two_dimensions_does_not_report_MDL0038() =>
        Diagnose.Silent(
            """
            [Model, Input(8, 3, Sequence = true), Dense(2), MeanSquaredError]
            public partial class Regression;
            """);

    [Fact]
    public Task Embedding_of_numbers_reports_MDL0070_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(64)|}, {|MDL0070:Embedding(65, 8)|}, Dense(65), SoftmaxCrossEntropy]
            public partial class Sample;
            """,
            "Embedding expects tokens, but its input is 64 from [Input(64)]; declare the input as [Input(..., Type = ElementType.Token)]");

    [Theory]
    [InlineData(
        "Input(8), {|from:Dense(4)|}, {|MDL0070:Embedding(9, 2)|}",
        "4 from [Dense(4)]; put it directly behind an input of tokens, such as [Input(length, Type = ElementType.Token)]")]
    [InlineData(
        "Input(8), {|from:Reshape(2, 4)|}, {|MDL0070:Embedding(9, 2)|}",
        "2x4 from [Reshape(2, 4)]; declare the input as [Input(8, Type = ElementType.Token)] and leave out what stands between them")]
    [InlineData(
        "{|from:Input(32, 10)|}, {|MDL0070:Embedding(9, 2)|}",
        "32x10 from [Input(32, 10)]; write [Input(10, Type = ElementType.Token)] if 32 is the batch, which an input leaves out")]
    [InlineData(
        "{|from:Input(3, 10)|}, {|MDL0070:Embedding(9, 2)|}",
        "3x10 from [Input(3, 10)]; tokens have one dimension, so declare the input as [Input(length, Type = ElementType.Token)]")]
    [InlineData(
        "Input(8, Type = ElementType.Token), {|from:Embedding(9, 2)|}, {|MDL0070:Embedding(9, 2)|}",
        "8x2 from [Embedding(9, 2)]; [Embedding(9, 2)] has made numbers of the tokens already, so leave one of them out")]
    public Task Embedding_of_numbers_from_elsewhere_reports_MDL0070_with_what_is_possible_there(
        string layers, string message) =>
        Diagnose.Reports(
            $"[Model, {layers}, Flatten, Dense(3), MeanSquaredError] public partial class Sample;",
            $"Embedding expects tokens, but its input is {message}");

    [Fact]
    public Task Embedding_of_tokens_does_not_report_MDL0070() =>
        Diagnose.Silent(
            """
            [Model, Input(64, Type = ElementType.Token), Embedding(65, 8), Dense(65), SoftmaxCrossEntropy]
            public partial class Sample;
            """);

    [Fact]
    public Task Dense_on_tokens_reports_MDL0071_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(64, Type = ElementType.Token)|}, {|MDL0071:Dense(65)|}, SoftmaxCrossEntropy]
            public partial class Sample;
            """,
            "Dense expects numbers, but its input is 64 tokens from [Input(64, Type = ElementType.Token)]; add [Embedding] or [OneHot] before it");

    [Fact]
    public Task Block_that_begins_with_numbers_on_tokens_reports_MDL0032_with_MDL0071_in_its_words() =>
        Diagnose.Reports(
            """
            [Block, {|from:Tanh|}]
            public partial class Squash;

            [Model, {|from:Input(64, Type = ElementType.Token)|}, Repeat<{|MDL0032:Squash|}>(2), MeanSquaredError]
            public partial class Sample;
            """,
            "The block 'Squash' does not fit its input 64 from [Input(64, Type = ElementType.Token)]: Tanh expects numbers, but its input is 64 tokens from [Input(64, Type = ElementType.Token)]; add [Embedding] or [OneHot] before it");

    [Fact]
    public Task Dense_behind_an_embedding_does_not_report_MDL0071() =>
        Diagnose.Silent(
            """
            [Model, Input(64, Type = ElementType.Token), Embedding(65, 8), Dense(65), SoftmaxCrossEntropy]
            public partial class Sample;
            """);

    [Fact]
    public Task SelfAttention_on_an_image_reports_MDL0072_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(28, 28)|}, {|MDL0072:SelfAttention(Heads = 4)|}, MeanSquaredError]
            public partial class Sample;
            """,
            "SelfAttention expects a sequence of vectors, but its input is 28x28 from [Input(28, 28)]; declare it as [Input(steps, features, Sequence = true)], or begin with tokens and an [Embedding]");

    [Fact]
    public Task PositionEmbedding_on_a_vector_reports_MDL0072_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, Input(28), {|from:Dense(5)|}, {|MDL0072:PositionEmbedding|}, MeanSquaredError]
            public partial class Sample;
            """,
            "PositionEmbedding expects a sequence of vectors, but its input is 5 from [Dense(5)]; declare it as [Input(steps, features, Sequence = true)], or begin with tokens and an [Embedding]");

    [Fact]
    public Task Attention_and_positions_of_a_sequence_do_not_report_MDL0072() =>
        Diagnose.Silent(
            """
            [Model, Input(28, 28, Sequence = true), PositionEmbedding, SelfAttention(Heads = 4), MeanSquaredError]
            public partial class Sample;
            """);

    [Fact]
    public Task Heads_that_leave_features_over_report_MDL0073_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(8, 30, Sequence = true)|}, SelfAttention(Heads = {|MDL0073:4|}), MeanSquaredError]
            public partial class Sample;
            """,
            "SelfAttention splits features among its heads, but 4 heads do not divide 30 features from [Input(8, 30, Sequence = true)]");

    [Theory]
    [InlineData("CrossAttention<Memory>(Heads = {|MDL0073:4|})")]
    [InlineData("CrossAttention<Memory, Memory>(Heads = {|MDL0073:4|})", 9, "'Memory'")]
    public Task Heads_of_a_cross_attention_that_leave_features_over_report_MDL0073_at_the_argument(
        string layer, int features = 30, string origin = "[Input(8, 30, Sequence = true)]") =>
        Diagnose.Reports(
            $"""
            [Block, Dense(9)] public partial class Memory;

            [Model, {"{|from:Input(8, 30, Sequence = true)|}"}, {layer}, MeanSquaredError]
            public partial class Sample;
            """,
            $"CrossAttention splits features among its heads, but 4 heads do not divide {features} features from {origin}");

    [Fact]
    public Task Heads_that_divide_the_features_do_not_report_MDL0073() =>
        Diagnose.Silent(
            """
            [Block, Dense(9)] public partial class Memory;

            [Model, Input(8, 30, Sequence = true), SelfAttention(Heads = 5), CrossAttention<Memory>(Heads = 5)]
            [CrossAttention<Memory, Memory>(Heads = 3), MeanSquaredError]
            public partial class Sample;
            """);

    [Fact]
    public Task Cross_attention_to_a_block_without_steps_reports_MDL0072_at_the_block() =>
        Diagnose.Reports(
            """
            [Block, GlobalAveragePool] public partial class {|from:Mean|};

            [Model, {|from:Input(8, 6, Sequence = true)|}, CrossAttention<{|MDL0072:Mean|}>, MeanSquaredError]
            public partial class Sample;
            """,
            "CrossAttention expects a sequence of vectors, but its input is 6 from 'Mean'; end the block with a sequence");

    [Fact]
    public Task Cross_attention_of_an_image_reports_MDL0072() =>
        Diagnose.Reports(
            """
            [Block, ToSequence] public partial class Steps;

            [Model, {|from:Input(9, 7, 3)|}, {|MDL0072:CrossAttention<Steps>|}, MeanSquaredError]
            public partial class Sample;
            """,
            "CrossAttention expects a sequence of vectors, but its input is 9x7x3 from [Input(9, 7, 3)]; "
                + "add [ToSequence] before it, which makes steps of the pixels");

    [Fact]
    public Task Cross_attention_to_a_tensor_without_steps_reports_MDL0072_at_the_call() =>
        Diagnose.Reports(
            """
            [Model, Input(8, 6, Sequence = true), MeanSquaredError]
            public partial class Sample
            {
                private static Tensor Forward(Tensor x)
                {
                    Tensor mean = x.{|from:GlobalAveragePool()|};
                    return x.{|MDL0072:CrossAttention(mean, heads: 2)|};
                }
            }
            """,
            "CrossAttention expects a sequence of vectors, but its input is 6 from GlobalAveragePool(); "
                + "give it the steps of a sequence to attend to");

    [Fact]
    public Task Cross_attention_of_tokens_reports_MDL0071() =>
        Diagnose.Reports(
            """
            [Block, Embedding(7, 6)] public partial class Words;

            [Model, {|from:Input(5, Type = ElementType.Token)|}, {|MDL0071:CrossAttention<Words>|}, MeanSquaredError]
            public partial class Sample;
            """,
            "CrossAttention expects numbers, but its input is 5 tokens from [Input(5, Type = ElementType.Token)]; "
                + "add [Embedding] or [OneHot] before it");

    [Fact]
    public Task Cross_attention_to_a_parameter_reports_MDL0403() =>
        Diagnose.Reports(
            """
            [Model, Input(9, 7, Sequence = true), MeanSquaredError]
            public partial class Sample
            {
                private static Tensor Forward(Tensor x, [{|from:Parameter(4, 6)|}] Tensor memory) =>
                    x.{|MDL0403:CrossAttention(memory)|};
            }
            """,
            "'CrossAttention(memory)' depends on parameters alone; only operations of methods and activation functions "
                + "compute with those, and a loss or an output needs something of the samples");

    [Fact]
    public Task Cross_attention_of_towers_and_tensors_does_not_report_MDL0072() =>
        Diagnose.Silent(
            """
            [Block, Input(5, Type = ElementType.Token), Embedding(7, 6)] public partial class Words;
            [Block, Input(4, 3, 2), ToSequence] public partial class Pixels;

            [Model, CrossAttention<Words, Pixels>(Heads = 2), MeanSquaredError]
            public partial class Sample;

            [Model, Input(8, 6, Sequence = true), MeanSquaredError]
            public partial class Halves
            {
                private static Tensor Forward(Tensor x) => x[..5].CrossAttention(x[5..].Dense(3), heads: 3);
            }
            """);

    [Fact]
    public Task Heads_of_three_features_report_MDL0076_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(8, 12, Sequence = true)|}, SelfAttention(Heads = 4, Rotary = {|MDL0076:true|}), MeanSquaredError]
            public partial class Sample;
            """,
            "Rotary positions turn the features of a head in pairs, but 3 is odd: 12 features from [Input(8, 12, Sequence = true)] in 4 heads");

    [Fact]
    public Task Heads_of_pairs_and_heads_without_rotary_positions_do_not_report_MDL0076() =>
        Diagnose.Silent(
            """
            [Model, Input(8, 12, Sequence = true), SelfAttention(Heads = 4), SelfAttention(Heads = 3, Rotary = true), MeanSquaredError]
            public partial class Sample;
            """);

    [Fact]
    public Task A_base_of_zero_reports_MDL0075_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(8, 12, Sequence = true)|}, SelfAttention(Rotary = true, RotaryBase = {|MDL0075:0f|}), MeanSquaredError]
            public partial class Sample;
            """,
            "SelfAttention expects a base above 0, got 0");

    [Fact]
    public Task Recurrent_layer_behind_a_last_step_reports_MDL0086_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model, Input(9, 3, Sequence = true), {|from:Lstm(4, ReturnSequences = false)|}, Dropout(0.1f), {|MDL0086:Gru(5)|}, MeanSquaredError]
            public partial class Sample;
            """,
            "Gru expects a sequence, but [Lstm(4, ReturnSequences = false)] gives the output of the last step only; leave ReturnSequences = false to the last recurrent layer");

    [Fact]
    public Task Last_step_of_the_last_recurrent_layer_does_not_report_MDL0086() =>
        Diagnose.Silent(
            """
            [Model, Input(9, 3, Sequence = true), Lstm(4), SimpleRnn(5, ReturnSequences = false), Dense(2), MeanSquaredError]
            public partial class Sample;
            """);

    [Fact]
    public Task Long_sequence_to_unroll_reports_MDL0087_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(257, 3, Sequence = true)|}, Lstm(4, Unroll = {|MDL0087:Unrolling.Always|}), MeanSquaredError]
            public partial class Sample;
            """,
            "Lstm writes down at most 256 steps, got 257; leave Unroll out, and a loop passes over them with the same results");

    [Fact]
    public Task Longest_sequence_to_unroll_and_a_longer_one_in_a_loop_do_not_report_MDL0087() =>
        Diagnose.Silent(
            """
            [Model, Input(256, 3, Sequence = true), SimpleRnn(4, Unroll = Unrolling.Always), MeanSquaredError]
            public partial class Longest;
            [Model, Input(1000, 3, Sequence = true), Gru(4), MeanSquaredError]
            public partial class Longer;
            """);

    [Fact]
    public Task Initial_state_of_other_units_reports_MDL0417_at_the_call() =>
        Diagnose.Reports(
            """
            [Model, Input(9, 4, Sequence = true), MeanSquaredError]
            public partial class Sample
            {
                private static Tensor Forward(Tensor x)
                {
                    (_, Tensor state) = x[..5].{|from:GruWithState(8)|};
                    return x[5..].{|MDL0417:GruWithState(16, initialState: state)|}.Outputs;
                }
            }
            """,
            "'GruWithState(16, initialState: state)' begins with a state of 16, a number for each unit, but gets 8 "
                + "from GruWithState(8); use as many units where the state comes from, or a Dense between");

    [Fact]
    public Task Outputs_in_the_place_of_a_cell_report_MDL0417() =>
        Diagnose.Reports(
            """
            [Model, Input(9, 4, Sequence = true), MeanSquaredError]
            public partial class Sample
            {
                private static Tensor Forward(Tensor x)
                {
                    var (outputs, state) = x.{|from:LstmWithState(8)|};
                    return x.{|MDL0417:LstmWithState(8, (state.Hidden, outputs))|}.State.Cell;
                }
            }
            """,
            "'LstmWithState(8, (state.Hidden, outputs))' begins with a state of 8, a number for each unit, but gets "
                + "9x8 from LstmWithState(8); use as many units where the state comes from, or a Dense between");

    [Fact]
    public Task States_of_as_many_units_do_not_report_MDL0417() =>
        Diagnose.Silent(
            """
            [Model, Input(9, 4, Sequence = true), MeanSquaredError]
            public partial class Sample
            {
                private static Tensor Forward(Tensor x, [Parameter(8)] Tensor start)
                {
                    var (_, state) = x.LstmWithState(8, (x[0].Dense(8), start));
                    (Tensor y, Tensor last) = x.GruWithState(8, state.Cell);
                    return (y.SimpleRnnWithState(3, initialState: null).State, last, state.Hidden).Concat();
                }
            }
            """);
}
