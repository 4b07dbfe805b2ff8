namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class RemoveArgumentFixTests
{
    [Fact]
    public Task Sequence_is_returned_to_the_next_recurrent_layer() =>
        Fix.Repairs<RemoveArgumentFix>(
            """
            [Model, Input(9, 3, Sequence = true), Lstm(4, ReturnSequences = false, Name = "first"), {|MDL0086:Gru(5)|}, MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(9, 3, Sequence = true), Lstm(4, Name = "first"), Gru(5), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Long_sequence_is_left_to_a_loop() =>
        Fix.Repairs<RemoveArgumentFix>(
            """
            [Model, Input(300, 3, Sequence = true), Lstm(4, Unroll = {|MDL0087:Unrolling.Always|}), MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(300, 3, Sequence = true), Lstm(4), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Initialiser_of_a_tied_weight_is_removed() =>
        Fix.Repairs<RemoveArgumentFix>(
            """
            [Model, Input(3), Dense(3), Tanh, Dense(3, TiedTo = "dense1", WeightInitializer = {|MDL0079:Initializer.HeNormal|}, UseBias = false), MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(3), Dense(3), Tanh, Dense(3, TiedTo = "dense1", UseBias = false), MeanSquaredError]
            public partial class Net;
            """);
}

public sealed class KeepOnePaddingFixTests
{
    [Fact]
    public Task Same_padding_is_kept() =>
        Fix.Repairs<KeepOnePaddingFix>(
            """
            [Model, Input(8, 8, 1), Conv2D(2, 3, Padding = Padding.Same, PaddingSize = {|MDL0043:1|}), MeanSquaredError]
            public partial class First;

            [Model, Input(8, 8, 1), Conv2D(2, 3, PaddingSize = {|MDL0043:1|}, Padding = Padding.Same), MeanSquaredError]
            public partial class Second;
            """,
            """
            [Model, Input(8, 8, 1), Conv2D(2, 3, Padding = Padding.Same), MeanSquaredError]
            public partial class First;

            [Model, Input(8, 8, 1), Conv2D(2, 3, Padding = Padding.Same), MeanSquaredError]
            public partial class Second;
            """,
            choice: 0);

    [Fact]
    public Task Number_is_kept() =>
        Fix.Repairs<KeepOnePaddingFix>(
            """
            [Model, Input(8, 8, 1), Conv2D(2, 3, Padding = Padding.Same, PaddingSize = {|MDL0043:1|}), MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(8, 8, 1), Conv2D(2, 3, PaddingSize = 1), MeanSquaredError]
            public partial class Net;
            """,
            choice: 1);
}

public sealed class LeaveOutBiasFixTests
{
    [Fact]
    public Task Bias_is_left_out_with_all_that_is_said_of_it() =>
        Fix.Repairs<LeaveOutBiasFix>(
            """
            [Model, Input(6, 6, 2), {|MDL0109:Conv2D(4, 3)|}, BatchNorm, Relu]
            [{|MDL0109:Conv2D(4, 3, UseBias = true, BiasInitializer = Initializer.Constant, BiasConstant = 1f, Stride = 2)|}, BatchNorm]
            [MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(6, 6, 2), Conv2D(4, 3, UseBias = false), BatchNorm, Relu]
            [Conv2D(4, 3, Stride = 2, UseBias = false), BatchNorm]
            [MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Bias_within_a_block_is_left_out_there() =>
        Fix.Repairs<LeaveOutBiasFix>(
            """
            [Block, {|MDL0109:Dense(4)|}, BatchNorm, Tanh]
            public partial class Think;

            [Model, Input(4), Repeat<Think>(2), MeanSquaredError]
            public partial class Net;
            """,
            """
            [Block, Dense(4, UseBias = false), BatchNorm, Tanh]
            public partial class Think;

            [Model, Input(4), Repeat<Think>(2), MeanSquaredError]
            public partial class Net;
            """);
}

public sealed class ReorderArgumentsFixTests
{
    [Theory]
    [InlineData(
        "{|MDL0111:Input(3, 32, 32)|}, Conv2D(4, 3), MeanSquaredError",
        "Input(32, 32, 3), Conv2D(4, 3), MeanSquaredError")]
    [InlineData(
        "{|MDL0111:Input(2, 500, Sequence = true)|}, Conv1D(4, 2), MeanSquaredError",
        "Input(500, 2, Sequence = true), Conv1D(4, 2), MeanSquaredError")]
    [InlineData(
        "Input(32, 32, 3), {|MDL0112:Conv2D(3, 16, 3, Stride = 2)|}, MeanSquaredError",
        "Input(32, 32, 3), Conv2D(16, 3, Stride = 2), MeanSquaredError")]
    [InlineData(
        "Input(4, Type = ElementType.Token), {|MDL0113:Embedding(16, 30000)|}, MeanSquaredError",
        "Input(4, Type = ElementType.Token), Embedding(30000, 16), MeanSquaredError")]
    [InlineData(
        "{|MDL0111:Input(\n    3,\n    32,\n    32)|}, Conv2D(4, 3), MeanSquaredError",
        "Input(\n    32,\n    32,\n    3), Conv2D(4, 3), MeanSquaredError")]
    [InlineData(
        "Input(32, 32, 3), {|MDL0112:Conv2D(\n    3,\n    16,\n    3,\n    Stride = 2\n    )|}, MeanSquaredError",
        "Input(32, 32, 3), Conv2D(\n    16,\n    3,\n    Stride = 2\n    ), MeanSquaredError")]
    [InlineData(
        "{|MDL0111:Input(3, 32, 32)|} /* of an image */, Conv2D(4, 3), MeanSquaredError",
        "Input(32, 32, 3) /* of an image */, Conv2D(4, 3), MeanSquaredError")]
    public Task Arguments_take_our_order(string wrong, string right) =>
        Fix.Repairs<ReorderArgumentsFix>(
            $"[Model, {wrong}]\npublic partial class Net;", $"[Model, {right}]\npublic partial class Net;");

    [Fact]
    public Task Arguments_with_a_comment_are_left_alone() =>
        Fix.OffersNothing<ReorderArgumentsFix>(
            "[Model, {|MDL0111:Input(3 /* colours */, 32, 32)|}, Conv2D(4, 3), MeanSquaredError]\npublic partial class Net;");
}

public sealed class ConvertMomentumFixTests
{
    [Theory]
    [InlineData("0.99f", "0.01f")]
    [InlineData("0.9", "0.1")]
    [InlineData("0.999", "0.001")]
    public Task Share_of_the_past_becomes_that_of_the_batch(string wrong, string right) =>
        Fix.Repairs<ConvertMomentumFix>(
            $"[Model, Input(3), BatchNorm(Momentum = {{|MDL0115:{wrong}|}}), MeanSquaredError]\npublic partial class Net;",
            $"[Model, Input(3), BatchNorm(Momentum = {right}), MeanSquaredError]\npublic partial class Net;");
}

public sealed class UseGlorotFixTests
{
    [Fact]
    public Task Initialiser_is_replaced() =>
        Fix.Repairs<UseGlorotFix>(
            """
            [Model, Input(3), Dense(4, WeightInitializer = {|MDL0105:Initializer.HeNormal|}), Tanh, Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(3), Dense(4, WeightInitializer = Initializer.GlorotNormal), Tanh, Dense(2), MeanSquaredError]
            public partial class Net;
            """);
}

public sealed class RaiseMemoryBudgetFixTests
{
    private const string Layers =
        "Input(64), Dense(64), Tanh, Dense(64), Tanh, Dense(64), Tanh, Dense(1), MeanSquaredError";

    [Fact]
    public Task Smallest_budget_is_written() =>
        Fix.Repairs<RaiseMemoryBudgetFix>(
            $"[Model(MemoryBudget = {{|MDL0441:\"90 KB\"|}}, Batch = 10), {Layers}]\npublic partial class Net;",
            $"[Model(MemoryBudget = \"112KB\", Batch = 10), {Layers}]\npublic partial class Net;");
}
