namespace ModelDsl.Generator.Tests.Emission;

/// <summary>The code and the comments of models that keep to a memory budget.</summary>
public class RecomputationSnapshotTests
{
    [Fact]
    public void Convolutions_with_normalisation_are_computed_again_in_the_backward_pass() =>
        Snapshot.Match(GeneratedText.Whole(
            """
            [Model(MemoryBudget = "16KB", Batch = 4), Input(6, 6, 1)]
            [Conv2D(4, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
            [Conv2D(4, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Dropout(0.1f)]
            [Conv2D(4, 3, Padding = Padding.Same), Gelu, GlobalAveragePool, Dense(2), SoftmaxCrossEntropy]
            """));

    [Fact]
    public void Copies_of_a_block_are_computed_again() =>
        Snapshot.Match(GeneratedText.Passes(
            """
            [Block, Dense(16), Gelu, Dense(16)] public partial class Cell;
            [Model(MemoryBudget = "55KB", Batch = 32), Input(16), Repeat<Cell>(6), Dense(1), MeanSquaredError]
            """));
}
