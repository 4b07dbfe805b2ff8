namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class NameRulesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("my layer")]
    [InlineData("1st")]
    [InlineData("@class")]
    public Task Name_that_is_no_identifier_reports_MDL0022_at_the_name(string name) =>
        Diagnose.Reports(
            $"[Model, Input(3), Dense(2, Name = {{|MDL0022:\"{name}\"|}}), MeanSquaredError]\npublic partial class Regression;",
            $"'{name}' cannot name a layer, since it becomes part of a member's name; use letters, digits and underscores");

    [Theory]
    [InlineData("encoder")]
    [InlineData("Encoder")]
    [InlineData("Class")]
    [InlineData("class")]
    [InlineData("event")]
    [InlineData("await")]
    [InlineData("batch")]
    [InlineData("größe_2")]
    public Task Name_that_is_an_identifier_does_not_report_MDL0022(string name) =>
        Diagnose.Silent(
            $"[Model, Input(3), Dense(2, Name = \"{name}\"), Tanh(Name = \"arena\"), MeanSquaredError]\npublic partial class Regression;");

    [Fact]
    public Task Name_that_stands_twice_reports_MDL0023_at_the_second() =>
        Diagnose.Reports(
            """
            [Model, Input(3), {|from:Dense(4, Name = "first")|}, Tanh, Dense(2, Name = {|MDL0023:"First"|}), MeanSquaredError]
            public partial class Regression;
            """,
            "The name 'first' is taken by [Dense(4, Name = \"first\")]; choose another");

    [Fact]
    public Task Name_that_stands_twice_in_a_block_reports_MDL0023_in_the_block() =>
        Diagnose.Reports(
            """
            [Block, {|from:Dense(4, Name = "first")|}, Tanh, Dense(4, Name = {|MDL0023:"First"|})]
            public partial class Think;

            [Model, Input(4), Residual<Think>, MeanSquaredError]
            public partial class Regression;
            """,
            "The name 'first' is taken by [Dense(4, Name = \"first\")]; choose another");

    [Fact]
    public Task Different_names_do_not_report_MDL0023() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(4, Name = "first"), Tanh, Dense(2, Name = "second"), MeanSquaredError]
            public partial class Regression;
            """);

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

    [Fact]
    public Task Fewer_units_than_tokens_report_MDL0078_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, Input(4, Type = ElementType.Token), {|from:Embedding(7, 3)|}, Dense(6, TiedTo = {|MDL0078:"embedding1"|}), SoftmaxCrossEntropy]
            public partial class Sample;
            """,
            "Dense has a weight of [6, 3], but 'embedding1', to which it is tied, has one of [7, 3]");

    [Fact]
    public Task A_weight_of_the_same_shape_does_not_report_MDL0078() =>
        Diagnose.Silent(
            """
            [Model, Input(4, Type = ElementType.Token), Embedding(7, 3), Dense(7, TiedTo = "embedding1"), SoftmaxCrossEntropy]
            public partial class Sample;
            """);

    [Theory]
    [InlineData("WeightInitializer", "{|MDL0079:Initializer.HeNormal|}")]
    [InlineData("WeightConstant", "{|MDL0079:0.5f|}")]
    [InlineData("WeightL2", "{|MDL0079:0.5f|}")]
    public Task An_initialiser_or_penalty_of_a_tied_weight_reports_MDL0079_at_the_argument(
        string argument, string value) =>
        Diagnose.Reports(
            $$"""
            [Model, Input(4, Type = ElementType.Token), {|from:Embedding(7, 3)|}, Dense(7, TiedTo = "embedding1", {{argument}} = {{value}}), SoftmaxCrossEntropy]
            public partial class Sample;
            """,
            $"Dense is tied to 'embedding1', which says how their weight begins and is penalised: {argument} has no effect here");

    [Fact]
    public Task The_bias_of_a_tied_layer_does_not_report_MDL0079() =>
        Diagnose.Silent(
            """
            [Model, Input(4, Type = ElementType.Token), Embedding(7, 3), Dense(7, TiedTo = "embedding1", BiasInitializer = Initializer.Zeros), SoftmaxCrossEntropy]
            public partial class Sample;
            """);
}
