using System.Runtime.CompilerServices;

namespace ModelDsl.Generator.Tests.Emission;

/// <summary>The code of the layers for sequences and of the normalizations.</summary>
public class SequenceSnapshotTests
{
    [Fact]
    public void LayerNorm_keeps_its_statistics_for_the_backward_pass_only() =>
        Match("[Model, Input(3), Dense(4), LayerNorm, Dense(2), MeanSquaredError]");

    [Fact]
    public void LayerNorm_of_the_input_has_no_gradient_of_its_input() =>
        Match("[Model, Input(3), LayerNorm(UseBias = false), MeanSquaredError]");

    [Fact]
    public void RmsNorm_on_a_sequence_works_on_each_step() =>
        Match("[Model, Input(5, 3, Sequence = true), Dense(4), RmsNorm, MeanSquaredError]");

    [Fact]
    public void Embedding_takes_positions_along() =>
        Match("[Model, Input(5, Type = ElementType.Token), Embedding(7, 3), PositionEmbedding, SoftmaxCrossEntropy]");

    [Fact]
    public void SelfAttention_stands_between_two_products() =>
        Match("[Model, Input(5, 4, Sequence = true), SelfAttention(Heads = 2, Causal = true), MeanSquaredError]");

    [Fact]
    public void CrossAttention_projects_both_sequences() =>
        Snapshot.Match(GeneratedText.Passes(
            """
            [Block, Input(5, Type = ElementType.Token), Embedding(7, 4)] public partial class Target;
            [Block, Input(6, Type = ElementType.Token, Padding = 0), Embedding(9, 3)] public partial class Source;
            [Model, CrossAttention<Target, Source>(Heads = 2), Dense(7), SoftmaxCrossEntropy]
            """));

    [Fact]
    public void Transformer_adds_residuals_while_rows_are_hot() =>
        Snapshot.Match(GeneratedText.Passes(
            """
            [Block, LayerNorm, SelfAttention(Heads = 2, Causal = true)] public partial class Attend;
            [Block, LayerNorm, Dense(16), Gelu, Dense(4)] public partial class Think;
            [Model, Input(5, Type = ElementType.Token), Embedding(7, 4), PositionEmbedding, Residual<Attend>, Residual<Think>,
                LayerNorm, Dense(7), SoftmaxCrossEntropy]
            """));

    [Fact]
    public void Lstm_of_few_steps_is_written_down_step_by_step() =>
        Match("[Model, Input(2, 3, Sequence = true), Lstm(4), MeanSquaredError]");

    [Fact]
    public void Lstm_of_many_steps_is_one_loop() =>
        Match("[Model, Input(9, 3, Sequence = true), Lstm(4, ReturnSequences = false), Dense(2), MeanSquaredError]");

    [Fact]
    public void Gru_backwards_of_few_steps_is_written_down_step_by_step() =>
        Match("[Model, Input(2, 3, Sequence = true), Dense(3), Gru(4, GoBackwards = true), MeanSquaredError]");

    [Fact]
    public void Gru_without_biases_is_one_loop_where_that_is_asked_for() =>
        Match("[Model, Input(2, 3, Sequence = true), Gru(4, UseBias = false, Unroll = Unrolling.Never), MeanSquaredError]");

    [Fact]
    public void SimpleRnn_names_its_function() =>
        Match("[Model, Input(9, 3, Sequence = true), SimpleRnn(4, Activation = RecurrentActivation.Relu), MeanSquaredError]");

    [Fact]
    public void Lstm_begins_with_a_state_and_hands_on_the_last_one() =>
        Snapshot.Match(GeneratedText.PassesOf(
            """
            using ModelDsl;
            [Model, Input(12, 3, Sequence = true), MeanSquaredError]
            public partial class Sample
            {
                private static Tensor Forward(Tensor x, [Parameter(4)] Tensor start)
                {
                    var (_, state) = x[..9].LstmWithState(4, initialState: (start, start));
                    var (decoded, _) = x[9..].LstmWithState(4, state, unroll: Unrolling.Never);
                    return decoded.Dense(2);
                }
            }
            """));

    [Fact]
    public void Gru_of_few_steps_takes_the_gradient_of_its_last_state_at_the_last_of_them() =>
        Snapshot.Match(GeneratedText.PassesOf(
            """
            using ModelDsl;
            [Model, Input(4, 3, Sequence = true), MeanSquaredError]
            public partial class Sample
            {
                private static Tensor Forward(Tensor x)
                {
                    (Tensor encoded, Tensor state) = x[..2].GruWithState(4);
                    return x[2..].GruWithState(4, state, goBackwards: true).State * encoded[0];
                }
            }
            """));

    [Fact]
    public void Rotary_positions_turn_queries_and_keys_in_place() =>
        Match("[Model, Input(5, 4, Sequence = true), Dense(4), SelfAttention(Rotary = true), MeanSquaredError]");

    [Fact]
    public void Sinusoidal_positions_are_a_stage() =>
        Match("[Model, Input(5, 3, Sequence = true), Dense(4), SinusoidalPosition, Dense(2), MeanSquaredError]");

    [Fact]
    public void Padding_is_masked_once_for_attention_and_the_mean() =>
        Match("[Model, Input(5, Type = ElementType.Token, Padding = 0), Embedding(7, 4), SelfAttention, GlobalAveragePool, Dense(2), SoftmaxCrossEntropy]");

    [Fact]
    public void Recurrent_layers_leave_padding_out() =>
        Match(
            "[Model, Input(2, Type = ElementType.Token, Padding = 0), Embedding(7, 3), Lstm(4), Gru(5, "
                + "ReturnSequences = false, Unroll = Unrolling.Never), Dense(2), SoftmaxCrossEntropy]");

    [Fact]
    public void A_tied_weight_is_one_tensor_whose_gradients_add_up() =>
        Match("[Model, Input(5, Type = ElementType.Token), Embedding(7, 3), Tanh, Dense(7, TiedTo = \"embedding1\"), SoftmaxCrossEntropy]");

    [Fact]
    public void Shared_copies_have_one_set_of_tensors() =>
        Snapshot.Match(GeneratedText.Passes(
            """
            [Block, Dense(3), Tanh] public partial class Turn;
            [Model, Input(3), Repeat<Turn>(2, Shared = true), Dense(1), MeanSquaredError]
            """));

    private static void Match(string attributes, [CallerMemberName] string test = "") =>
        Snapshot.Match(GeneratedText.Passes(attributes), test: test);
}
