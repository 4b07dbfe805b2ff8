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
