namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class TiedLayerUnknownTests
{
    [Fact]
    public Task An_unknown_name_reports_MDL0077_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, Input(4, Type = ElementType.Token), {|from:Embedding(7, 3)|}, Dense(7, TiedTo = {|MDL0077:"tokens"|}), SoftmaxCrossEntropy]
            public partial class Sample;
            """,
            "Dense is tied to 'tokens', but no earlier layer of that name has a weight; those with a weight of [7, 3] are: embedding1");

    [Fact]
    public Task A_layer_without_a_weight_reports_MDL0077() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(4, 3, Sequence = true)|}, PositionEmbedding, Dense(7, TiedTo = {|MDL0077:"positionEmbedding1"|}), SoftmaxCrossEntropy]
            public partial class Sample;
            """,
            "Dense is tied to 'positionEmbedding1', but no earlier layer of that name has a weight; those with a weight of [7, 3] are: none");

    [Fact]
    public Task A_later_layer_reports_MDL0077() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(3)|}, Dense(3, TiedTo = {|MDL0077:"last"|}), Tanh, Dense(3, Name = "last"), MeanSquaredError]
            public partial class Sample;
            """,
            "Dense is tied to 'last', but no earlier layer of that name has a weight; those with a weight of [3, 3] are: none");

    [Fact]
    public Task Names_and_paths_of_layers_with_a_weight_do_not_report_MDL0077() =>
        Diagnose.Silent(
            """
            [Block, Dense(3), Tanh] public partial class Inner;
            [Model, Input(3), Residual<Inner>, Dense(3, TiedTo = "residual1.dense1"), Tanh, Dense(3, TiedTo = "dense1"), MeanSquaredError]
            public partial class Sample;
            """);
}
