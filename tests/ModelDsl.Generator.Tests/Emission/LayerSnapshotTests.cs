using System.Runtime.CompilerServices;

namespace ModelDsl.Generator.Tests.Emission;

/// <summary>The code of each layer in the smallest model that shows its forward and its backward pass.</summary>
public class LayerSnapshotTests
{
    [Fact]
    public void Dense_is_one_product_forward_and_one_backward() =>
        Match("[Model, Input(3), Dense(2), MeanSquaredError]");

    [Fact]
    public void Dense_after_dense_passes_the_gradient_through_its_weight() =>
        Match("[Model, Input(3), Dense(4), Dense(2), MeanSquaredError]");

    [Fact]
    public void Dense_without_a_bias_has_no_bias_stage_and_no_row_sums() =>
        Match("[Model, Input(3), Dense(4), Dense(2, UseBias = false), MeanSquaredError]");

    [Fact]
    public void Relu_is_a_stage_of_the_product_before_it() => MatchActivation("Relu");

    [Fact]
    public void LeakyRelu_carries_its_slope() => MatchActivation("LeakyRelu(0.2f)");

    [Fact]
    public void Sigmoid_takes_its_derivative_from_its_output() => MatchActivation("Sigmoid");

    [Fact]
    public void Tanh_takes_its_derivative_from_its_output() => MatchActivation("Tanh");

    [Fact]
    public void Gelu_takes_its_derivative_from_its_input() => MatchActivation("Gelu");

    [Fact]
    public void Gelu_may_be_approximate() => MatchActivation("Gelu(Approximate = true)");

    [Fact]
    public void Silu_takes_its_derivative_from_its_input() => MatchActivation("Silu");

    [Fact]
    public void Softmax_works_row_by_row() => MatchActivation("Softmax");

    [Fact]
    public void Dropout_draws_the_same_mask_forward_and_backward_and_is_absent_at_inference() =>
        MatchActivation("Dropout(0.25f)");

    [Fact]
    public void Dropout_of_nothing_is_absent() => MatchActivation("Dropout(0f)");

    [Fact]
    public void Flatten_costs_nothing() =>
        Match("[Model, Input(2, 3), Flatten, Dense(2), MeanSquaredError]");

    [Fact]
    public void Reshape_costs_nothing() =>
        Match("[Model, Input(4), Dense(6), Reshape(2, -1), MeanSquaredError]");

    private static void MatchActivation(
        string layer, [CallerMemberName] string test = "") =>
        Match($"[Model, Input(3), Dense(4), {layer}, Dense(2), MeanSquaredError]", test);

    private static void Match(
        string attributes, [CallerMemberName] string test = "") =>
        Snapshot.Match(GeneratedText.Passes(attributes), test: test);
}
