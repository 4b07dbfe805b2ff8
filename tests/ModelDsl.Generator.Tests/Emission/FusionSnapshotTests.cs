using System.Runtime.CompilerServices;

namespace ModelDsl.Generator.Tests.Emission;

/// <summary>Which operations become one, and what is stored on the way because the backward pass reads it.</summary>
public class FusionSnapshotTests
{
    [Fact]
    public void Gelu_after_dense_keeps_what_went_into_it() =>
        Match("[Model, Input(3), Dense(4), Gelu, MeanSquaredError]");

    [Fact]
    public void Sigmoid_before_dropout_keeps_its_output() =>
        Match("[Model, Input(3), Dense(4), Sigmoid, Dropout(0.2f), Dense(2), MeanSquaredError]");

    [Fact]
    public void Relu_before_dropout_keeps_one_value_and_needs_no_mask() =>
        Match("[Model, Input(3), Dense(4), Relu, Dropout(0.2f), Dense(2), MeanSquaredError]");

    [Fact]
    public void Dropout_before_relu_draws_its_mask_again() =>
        Match("[Model, Input(3), Dense(4), Dropout(0.2f), Relu, Dense(2), MeanSquaredError]");

    [Fact]
    public void Activation_of_the_input_runs_by_itself_and_has_no_backward_pass() =>
        Match("[Model, Input(3), Tanh, Dense(2), MeanSquaredError]");

    [Fact]
    public void Softmax_in_the_middle_ends_one_chain_and_begins_another() =>
        Match("[Model, Input(3), Dense(4), Tanh, Softmax, Sigmoid, Dense(2), MeanSquaredError]");

    [Fact]
    public void Activations_in_a_row_are_one_chain() =>
        Match("[Model, Input(3), Dense(4), Gelu, Tanh, Silu, Dense(2), MeanSquaredError]");

    [Fact]
    public void Chain_longer_than_the_runtime_takes_at_once_is_a_chain_of_chains() =>
        Match("[Model, Input(3), Dense(4), Relu, Sigmoid, Tanh, Gelu, Silu, LeakyRelu, Dropout(0.1f), Dense(2), MeanSquaredError]");

    [Fact]
    public void Reshape_between_product_and_activation_splits_them_where_the_rows_differ() =>
        Match("[Model, Input(3), Dense(6), Reshape(2, 3), Relu, Flatten, Dense(2), MeanSquaredError]");

    [Fact]
    public void Activation_as_the_last_layer_is_fused_and_read_by_the_loss() =>
        Match("[Model, Input(3), Dense(4), Tanh, MeanSquaredError]");

    [Fact]
    public void Model_without_parameters_has_no_backward_pass() =>
        Match("[Model, Input(3), Tanh, MeanSquaredError]");

    [Fact]
    public void Model_that_only_flattens_copies_its_input() =>
        Match("[Model, Input(2, 3), Flatten, MeanSquaredError]");

    private static void Match(string attributes, [CallerMemberName] string test = "") =>
        Snapshot.Match(GeneratedText.Passes(attributes), test: test);
}
