using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Tests.Pipeline;

/// <summary>What each stage makes of small models, as the next one sees it.</summary>
public sealed class StageTests
{
    private const string Rectified =
        "[Model, Input(3), Dense(2), Relu, Dropout(0.5), Dense(1), MeanSquaredError] public partial class Net;";

    private const string Copies =
        """
        [Block, Dense(3), Tanh] public partial class B;
        [Model, Input(3), Repeat<B>(5), Dense(1), MeanSquaredError] public partial class Net;
        """;

    private const string Heads =
        """
        [Block, Dense(1), MeanSquaredError(Weight = 0.5f)] public partial class Size;
        [Block, Dense(4), SoftmaxCrossEntropy] public partial class Kind;
        [Model, Input(3), Dense(2), Outputs<Size, Kind>] public partial class Net;
        """;

    [Fact]
    public void Lowering_writes_each_layer_as_calls_of_kernels_on_values() => AssertProgram(
        """
        dense1: MatrixMultiplication.TimesTransposed(input, dense1.weight, packed dense1.weight, dense1, batch, 2, 3) | AddBias(dense1.bias)
        relu1: Elementwise.Apply(dense1, relu1, batch, 2) | Activate<Relu>(Relu())
        dropout1: Elementwise.Apply(relu1, dropout1, batch, 2) | Dropout(0.5, seed, step, layer: 3)
        dense2: MatrixMultiplication.TimesTransposed(dropout1, dense2.weight, packed dense2.weight, dense2, batch, 1, 2) | AddBias(dense2.bias)
        """,
        new Stages(Rectified).Lowered.Forward);

    [Fact]
    public void Inference_has_no_dropout() =>
        Assert.DoesNotContain("dropout1", ProgramText.Of(new Stages(Rectified).Lowered.Inference), StringComparison.Ordinal);

    [Fact]
    public void Loss_is_an_operation_of_lowering_and_writes_the_gradient_of_the_output() => AssertProgram(
        "meanSquaredError1: loss = MeanSquaredErrorLoss.EvaluateWithGradient(dense2, targets, dense2'Gradient, batch, 1)",
        [new Stages(Rectified).Lowered.Loss]);

    [Fact]
    public void Loss_of_several_heads_is_a_weighted_sum() => AssertProgram(
        """
        outputs1: loss = 0.5 · MeanSquaredErrorLoss.EvaluateWithGradient(size.dense1, targets of head 0, size.dense1'Gradient, batch, 1, gradientScale: 0.5)
        outputs1: loss += SoftmaxCrossEntropyLoss.EvaluateWithGradient(kind.dense1, targets of head 1, kind.dense1'Gradient, batch, 4)
        """,
        [new Stages(Heads).Lowered.Loss]);

    [Fact]
    public void Differentiation_applies_the_rules_in_reverse_and_asks_for_no_gradient_of_the_input() => AssertProgram(
        """
        dense2: MatrixMultiplication.TransposedTimes(dense2'Gradient, dropout1, dense2.weight'Gradient, dense2.bias'Gradient, 1, 2, batch)
        dense2: MatrixMultiplication.Times(dense2'Gradient, dense2.weight, dropout1'Gradient, batch, 2, 1)
        dropout1: Elementwise.Apply(dropout1'Gradient, relu1'Gradient, batch, 2) | Dropout(0.5, seed, step, layer: 3)
        relu1: Elementwise.Apply(relu1'Gradient, dense1'Gradient, batch, 2) | ActivationGradient<Relu>(relu1, 2, Relu())
        dense1: MatrixMultiplication.TransposedTimes(dense1'Gradient, input, dense1.weight'Gradient, dense1.bias'Gradient, 2, 3, batch)
        """,
        new Stages(Rectified).Differentiated.Backward);

    [Fact]
    public void Differentiation_adds_up_what_reaches_a_value_from_two_sides() => AssertProgram(
        """
        tanh1: Elementwise.Apply(tanh1'Gradient, tanh1'GradientSum, batch, 3) | Add(residual1'Gradient, 3)
        tanh1: Elementwise.Apply(tanh1'GradientSum, dense1'Gradient, batch, 3) | ActivationGradient<Tanh>(tanh1, 3, Tanh())
        """,
        new Stages(
            """
            [Block, Tanh] public partial class B;
            [Model, Input(3), Dense(3), Tanh, Residual<B>, MeanSquaredError] public partial class Net;
            """).Differentiated.Backward.Where(operation => $"{operation.Layer.Path}" == "tanh1"));

    [Fact]
    public void Elision_drops_the_mask_where_a_zero_says_as_much()
    {
        var stages = new Stages(Rectified);
        AssertProgram(
            """
            dense2: MatrixMultiplication.TransposedTimes(dense2'Gradient, dropout1, dense2.weight'Gradient, dense2.bias'Gradient, 1, 2, batch)
            dense2: MatrixMultiplication.Times(dense2'Gradient, dense2.weight, dropout1'Gradient, batch, 2, 1)
            relu1: Elementwise.Apply(dropout1'Gradient, dense1'Gradient, batch, 2) | ActivationGradient<Relu>(dropout1, 2, Relu(), scale: 2)
            dense1: MatrixMultiplication.TransposedTimes(dense1'Gradient, input, dense1.weight'Gradient, dense1.bias'Gradient, 2, 3, batch)
            """,
            DropoutMaskElision.Run(stages.Lowered.Forward, stages.Differentiated.Backward, CancellationToken.None));
    }

    [Fact]
    public void Elision_keeps_the_mask_of_a_function_that_is_not_zero_where_its_derivative_is()
    {
        var stages = new Stages(Rectified.Replace("Relu", "Tanh", StringComparison.Ordinal));
        Assert.Equal(
            stages.Differentiated.Backward,
            DropoutMaskElision.Run(stages.Lowered.Forward, stages.Differentiated.Backward, CancellationToken.None));
    }

    [Fact]
    public void Fusion_lets_stages_finish_the_rows_of_a_product() => AssertProgram(
        """
        dense1: MatrixMultiplication.TimesTransposed(input, dense1.weight, packed dense1.weight, dropout1, batch, 2, 3) | AddBias(dense1.bias) | Activate<Relu>(Relu()) | Dropout(0.5, seed, step, layer: 3)
        dense2: MatrixMultiplication.TimesTransposed(dropout1, dense2.weight, packed dense2.weight, dense2, batch, 1, 2) | AddBias(dense2.bias)
        meanSquaredError1: loss = MeanSquaredErrorLoss.EvaluateWithGradient(dense2, targets, dense2'Gradient, batch, 1)
        dense2: MatrixMultiplication.TransposedTimes(dense2'Gradient, dropout1, dense2.weight'Gradient, dense2.bias'Gradient, 1, 2, batch)
        dense2: MatrixMultiplication.Times(dense2'Gradient, dense2.weight, dense1'Gradient, batch, 2, 1) | ActivationGradient<Relu>(dropout1, 2, Relu(), scale: 2)
        dense1: MatrixMultiplication.TransposedTimes(dense1'Gradient, input, dense1.weight'Gradient, dense1.bias'Gradient, 2, 3, batch)
        """,
        new Stages(Rectified).Fused.Training);

    [Fact]
    public void Fusion_stores_on_the_way_what_others_read_later() => Assert.Contains(
        "| AddBias(dense1.bias) | Store(dense1, 2) | Activate<Gelu>(Gelu())",
        ProgramText.Of(new Stages(
            "[Model, Input(3), Dense(2), Gelu, Dense(1), MeanSquaredError] public partial class Net;").Fused.Training),
        StringComparison.Ordinal);

    [Fact]
    public void Plan_gives_values_that_never_live_together_one_place()
    {
        ExecutionPlan plan = new Stages(Rectified).Planned.Training;
        Dictionary<string, int> offsets = plan.Memory.Offsets.ToDictionary(pair => pair.Key.Id.ToString(), pair => pair.Value);
        Assert.Equal(["dense1'Gradient", "dense2", "dense2'Gradient", "dropout1"], offsets.Keys.Order(StringComparer.Ordinal));
        Assert.NotEqual(offsets["dropout1"], offsets["dense1'Gradient"]);
        Assert.Equal(offsets.Values.Max() + 16, plan.Memory.FloatsPerSample);
        Assert.Equal(2, plan.Turn);
    }

    [Fact]
    public void Repeats_are_the_copies_that_call_the_same_kernels()
    {
        ExecutionPlan plan = new Stages(Copies).Planned.Inference;
        RepeatedSection section = Assert.Single(plan.Repeats);
        Assert.Equal("repeat1", $"{section.Block}");

        // The first copy reads the samples, not a value of the arena.
        Assert.Equal((1, 1, 5), (section.Start, section.Length, section.End));
        Value weight = plan.Operations[1].Reads.Single(value => value.Id.Name == "weight");
        Assert.Equal(
            ["repeat1.1", "repeat1.2", "repeat1.3", "repeat1.4"],
            section.Copies.Select(copy => $"{copy.FromFirst.Of(weight).Id.Layer.Parent}"));
    }

    [Fact]
    public void Copies_that_compute_other_things_are_no_repeat()
    {
        var stages = new Stages(
            """
            [Block, Dense(3), Residual<C>] public partial class B;
            [Block, Tanh] public partial class C;
            [Model, Input(7), Repeat<B>(3), Dense(1), MeanSquaredError] public partial class Net;
            """);
        Assert.Empty(stages.Planned.Inference.Repeats);
    }

    private static void AssertProgram(string expected, IEnumerable<Operation> operations) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), ProgramText.Of(operations));
}
