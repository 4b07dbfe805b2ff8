using System.Runtime.CompilerServices;

namespace ModelDsl.Generator.Tests.Emission;

/// <summary>The code of models that are composed of blocks.</summary>
public class CompositionSnapshotTests
{
    private const string Blocks =
        """
        [Block, Dense(4), Tanh, Dense(3)] public partial class Think;
        [Block, Dense(3), Sigmoid] public partial class Gate;
        [Block, Dense(3)] public partial class Candidate;

        """;

    [Fact]
    public void Residual_adds_in_the_product_and_its_gradient_comes_from_both_sides() =>
        Match("[Model, Input(2), Dense(3), Residual<Think>, Dense(1), MeanSquaredError]");

    [Fact]
    public void Repeat_names_the_copies_by_number() =>
        Match("[Model, Input(3), Repeat<Gate>(2), Dense(1), MeanSquaredError]");

    [Fact]
    public void Sum_runs_its_branches_on_the_same_input() =>
        Match("[Model, Input(2), Dense(3), Sum<Gate, Candidate>, Dense(1), MeanSquaredError]");

    [Fact]
    public void Multiply_keeps_both_factors_for_their_gradients() =>
        Match("[Model, Input(2), Dense(3), Multiply<Gate, Candidate>, Dense(1), MeanSquaredError]");

    [Fact]
    public void Gate_of_channels_is_read_where_it_lies_and_its_gradient_is_summed_over_the_pixels() =>
        Match(
            """
            [Block, GlobalAveragePool, Dense(2), Relu, Dense(3), Sigmoid] public partial class Channels;
            [Model, Input(5, 4, 2), Conv2D(3, 1), Multiply<Channels>, GlobalAveragePool, Dense(1), MeanSquaredError]
            """);

    [Fact]
    public void Concat_writes_its_branches_side_by_side() =>
        Match("[Model, Input(2), Dense(3), Concat<Gate, Candidate>, Dense(1), MeanSquaredError]");

    [Fact]
    public void Frozen_layers_get_no_gradient_of_their_parameters() =>
        Match("[Model, Input(2), Dense(3), Dense(3, Frozen = true), Dense(1), MeanSquaredError]");

    [Fact]
    public void Nothing_before_the_first_trainable_layer_has_a_backward_pass() =>
        Match("[Model, Input(2), Dense(3, Frozen = true), Tanh, Dense(1), MeanSquaredError]");

    [Fact]
    public void Frozen_block_before_the_first_trainable_layer_has_no_backward_pass() =>
        Match("[Model, Input(2), Repeat<Think>(1, Frozen = true), Dense(1), MeanSquaredError]");

    [Fact]
    public void Frozen_block_between_trainable_layers_passes_the_gradient_on() =>
        Match("[Model, Input(2), Dense(3), Residual<Think>(Frozen = true), Dense(1), MeanSquaredError]");

    [Fact]
    public void Description_names_the_uses_of_blocks_that_have_parameters() =>
        Snapshot.Match(GeneratedText.Architecture(
            """
            [Block, Dense(3), Residual<Inner>] public partial class Outer;
            [Block, Dense(3)] public partial class Inner;
            [Block(Shared = true), Dense(3)] public partial class Twice;
            [Block, Tanh] public partial class Bare;
            [Model, Input(3), Repeat<Outer>(2), Residual<Twice>, Residual<Bare>, Residual<Twice>, Dense(1), MeanSquaredError]
            """));

    [Fact]
    public void Sequence_makes_its_steps_rows_of_the_products() =>
        Match("[Model, Input(5, 2, Sequence = true), Dense(3), Tanh, Flatten, Dense(1), MeanSquaredError]");

    private static void Match(string attributes, [CallerMemberName] string test = "") =>
        Snapshot.Match(GeneratedText.Passes(Blocks + attributes), test: test);
}
