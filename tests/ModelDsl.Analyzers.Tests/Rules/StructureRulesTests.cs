using System.Globalization;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class StructureRulesTests
{
    private const string Towers =
        """
        [Block, Input(4), Dense(3)] public partial class A;
        [Block, Dense(3)] public partial class B;
        [Block, Input(5), Dense(3)] public partial class C;

        """;

    private const string Heads =
        """
        [Block, Dense(3), SoftmaxCrossEntropy] public partial class A;
        [Block, Dense(3)] public partial class B;
        [Block, Dense(1), MeanSquaredError] public partial class C;

        """;

    [Fact]
    public Task Model_without_input_reports_MDL0005_at_the_class() =>
        Diagnose.Reports(
            """
            [Model, Dense(2), MeanSquaredError]
            public partial class {|MDL0005:Regression|};
            """,
            "'Regression' does not say what flows in; start its attributes with [Input(...)]");

    [Fact]
    public Task Model_with_input_does_not_report_MDL0005() =>
        Diagnose.Silent(Sources.Plain);

    [Fact]
    public Task Input_after_a_layer_reports_MDL0006_at_the_input() =>
        Diagnose.Reports(
            """
            [Model, {|from:Dense(2)|}, {|MDL0006:Input(3)|}, MeanSquaredError]
            public partial class Regression;
            """,
            "[Input(3)] must be the first layer and stand once, but [Dense(2)] comes before it");

    [Fact]
    public Task Second_input_reports_MDL0006_at_the_second() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(3)|}, Dense(2), {|MDL0006:Input(2)|}, MeanSquaredError]
            public partial class Regression;
            """,
            "[Input(2)] must be the first layer and stand once, but [Input(3)] comes before it");

    [Fact]
    public Task Input_after_the_model_attribute_on_its_own_line_does_not_report_MDL0006() =>
        Diagnose.Silent(
            """
            [Model]
            [Input(3)]
            [Dense(2), MeanSquaredError]
            public partial class Regression;
            """);

    [Fact]
    public Task Input_and_loss_alone_report_MDL0007_at_the_class() =>
        Diagnose.Reports(
            """
            [Model, Input(3), MeanSquaredError]
            public partial class {|MDL0007:Regression|};
            """,
            "'Regression' has an input and no layer behind it");

    [Fact]
    public Task One_layer_does_not_report_MDL0007() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Tanh, MeanSquaredError]
            public partial class Squash;
            """);

    [Fact]
    public Task Model_without_loss_reports_MDL0008_at_the_class() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2)]
            public partial class {|MDL0008:Regression|};
            """,
            "'Regression' does not say what it is trained for; end its attributes with a loss such as [SoftmaxCrossEntropy] or [MeanSquaredError], or write [Model(Inference = true)] if it only predicts");

    [Fact]
    public Task Model_without_loss_still_has_its_shapes_checked_and_reports_MDL0008_beside() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(28, 28)|}, {|MDL0012:Dense(2)|}]
            public partial class {|MDL0008:Regression|};
            """,
            "Dense expects a vector, but its input is 28x28 from [Input(28, 28)]; add [Flatten] before it",
            "'Regression' does not say what it is trained for; end its attributes with a loss such as [SoftmaxCrossEntropy] or [MeanSquaredError], or write [Model(Inference = true)] if it only predicts");

    [Theory]
    [InlineData("MeanSquaredError")]
    [InlineData("SoftmaxCrossEntropy")]
    [InlineData("BinaryCrossEntropy")]
    [InlineData("Hinge")]
    public Task Model_with_a_loss_does_not_report_MDL0008(string loss) =>
        Diagnose.Silent($"[Model, Input(3), Dense(2), {loss}]\npublic partial class Regression;");

    [Fact]
    public Task Layer_after_the_loss_reports_MDL0009_at_the_layer_and_points_to_the_loss() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), {|from:MeanSquaredError|}, {|MDL0009:Relu|}]
            public partial class Regression;
            """,
            "[Relu] stands after the loss [MeanSquaredError], where nothing flows any more; move the loss to the end");

    [Fact]
    public Task Loss_at_the_end_does_not_report_MDL0009() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), Relu, MeanSquaredError]
            public partial class Regression;
            """);

    [Fact]
    public Task Second_loss_reports_MDL0010_at_the_second_and_points_to_the_first() =>
        Diagnose.Reports(
            """
            [Model, Input(3), Dense(2), {|from:MeanSquaredError|}, {|MDL0010:Hinge|}]
            public partial class Regression;
            """,
            "[Hinge] is a second loss after [MeanSquaredError]; keep one");

    [Fact]
    public Task One_loss_does_not_report_MDL0010() =>
        Diagnose.Silent(Sources.Plain);

    [Fact]
    public Task Attribute_class_of_the_user_reports_MDL0021_at_the_attribute() =>
        Diagnose.Reports(
            """
            public sealed class MineAttribute : LayerAttribute;

            [Model, Input(3), {|MDL0021:Mine|}, Dense(2), MeanSquaredError]
            public partial class Regression;
            """,
            "The compiler does not know the layer 'Mine'; use a layer of ModelDsl");

    [Fact]
    public Task Attribute_class_that_is_no_layer_does_not_report_MDL0021() =>
        Diagnose.Silent(
            """
            public sealed class MineAttribute : System.Attribute;

            [Model, Input(3), Mine, Dense(2), MeanSquaredError]
            public partial class Regression;
            """);

    [Fact]
    public Task Repeat_without_measure_reports_MDL0040_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Model, Input(4), Tanh, {|MDL0040:Repeat<Think>(1000000000)|}, MeanSquaredError]
            public partial class Regression;
            """,
            "The blocks of [Repeat<Think>(1000000000)] bring the model beyond 10000 layers, the most that it can have");

    [Fact]
    public Task Repeat_of_an_empty_block_without_measure_reports_MDL0040() =>
        Diagnose.Reports(
            """
            [Block]
            public partial class Nothing;

            [Model, Input(4), Tanh, {|MDL0040:Repeat<Nothing>(1000000000)|}, MeanSquaredError]
            public partial class Regression;
            """,
            "The blocks of [Repeat<Nothing>(1000000000)] bring the model beyond 10000 layers, the most that it can have");

    [Fact]
    public Task Repeats_within_repeats_report_MDL0040() =>
        Diagnose.Reports(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Block, Repeat<Think>(1000)]
            public partial class Many;

            [Block, Repeat<Many>(1000)]
            public partial class VeryMany;

            [Model, Input(4), {|MDL0040:Repeat<VeryMany>(1000)|}, MeanSquaredError]
            public partial class Regression;
            """,
            "The blocks of [Repeat<VeryMany>(1000)] bring the model beyond 10000 layers, the most that it can have");

    // Without a limit on what is read, each level would double the work: a million million blocks.
    [Theory]
    [InlineData(
        "Dense(4), Tanh",
        "MDL0040",
        "The blocks of [Sum<B39, B39>] bring the model beyond 10000 layers, the most that it can have")]
    [InlineData("Sum<B39, B39>", "MDL0031", "The block 'B39' contains itself, so its expansion would never end")]
    public async Task Forty_levels_of_blocks_that_double_report_MDL0040_or_MDL0031_at_once(
        string innermost, string id, string message)
    {
        string blocks = string.Concat(Enumerable.Range(1, 39).Select(level =>
            $"[Block, Sum<B{level - 1}, B{level - 1}>] public partial class B{level};\n"));
        ImmutableArray<Diagnostic> reported = await Diagnose.RunAsync(new Situation
        {
            Sources =
            [
                $"[Block, {innermost}] public partial class B0;\n{blocks}[Model, Input(4), Sum<B39, B39>, MeanSquaredError] public partial class Net;",
            ],
        });
        Diagnostic only = Assert.Single(reported);
        Assert.Equal(id, only.Id);
        Assert.Contains(message, only.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public Task Repeat_of_a_hundred_does_not_report_MDL0040() =>
        Diagnose.Silent(
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Model, Input(4), Repeat<Think>(100), MeanSquaredError]
            public partial class Regression;
            """);

    [Fact]
    public Task Branch_without_input_beside_a_tower_reports_MDL0055_at_the_branch() => Diagnose.Reports(
        Towers.Replace("class B", "class {|from:B|}", StringComparison.Ordinal) + "[Model, Concat<A, {|MDL0055:B|}>, Dense(2), MeanSquaredError] public partial class Sample;",
        "'B' is one of several branches at the start of a model that has no [Input(...)] of its own, so it must start with an [Input(...)] as the others do");

    [Fact]
    public Task Towers_do_not_report_MDL0055() => Diagnose.Silent(
        Towers
        + """
        [Block, Dense(6)] public partial class D;
        [Model, Concat<A, C>, Residual<D>, Dense(2), MeanSquaredError] public partial class Sample;
        """);

    [Fact]
    public Task Branches_on_an_input_do_not_report_MDL0055() => Diagnose.Silent(
        Towers + "[Model, Input(3), Concat<B, B>, Dense(2), MeanSquaredError] public partial class Sample;");

    [Fact]
    public Task Branches_without_any_input_report_MDL0005_at_the_class() => Diagnose.Reports(
        Towers + "[Model, Concat<B, B>, Dense(2), MeanSquaredError] public partial class {|MDL0005:Sample|};",
        "'Sample' does not say what flows in; start its attributes with [Input(...)]");

    [Fact]
    public Task Tower_behind_an_input_reports_MDL0033_in_the_block() => Diagnose.Reports(
        """
        [Block, {|MDL0033:Input(4)|}, Dense(3)] public partial class A;
        [Block, Dense(3)] public partial class B;
        [Model, Input(4), Concat<A, B>, Dense(2), MeanSquaredError] public partial class Sample;
        """,
        "The block 'A' contains [Input(4)], but a block takes its input from where it is used and has no loss; move it to the model");

    [Fact]
    public Task Tokens_without_embedding_in_a_tower_report_MDL0071_at_the_tower() => Diagnose.Reports(
        """
        [Block, Input(4, Type = ElementType.Token)] public partial class {|from:A|};
        [Block, Input(5), Dense(3)] public partial class B;
        [Model, Concat<{|MDL0071:A|}, B>, Dense(2), MeanSquaredError] public partial class Sample;
        """,
        "Concat expects numbers, but its input is 4 tokens from [Input(4, Type = ElementType.Token)]; add [Embedding] or [OneHot] before it");

    [Fact]
    public Task Wrong_call_of_an_overload_for_inputs_reports_MDL0201_at_the_argument() => Diagnose.Reports(
        """
        [Block, Input(4), Dense(3)] public partial class A;
        [Block, Input(5), Dense(3)] public partial class C;
        [Model, Concat<A, C>, Dense(2), MeanSquaredError] public partial class Sample;
        public static class Caller
        {
            public static float Use(Sample sample) => sample.Predict(new float[4], {|MDL0201:{|from:new float[4]|}|})[0];
        }
        """,
        "Sample.Predict expects 5 values per sample, got 4");

    [Fact]
    public Task Head_without_loss_reports_MDL0056_at_the_head() => Diagnose.Reports(
        Heads.Replace("class B", "class {|from:B|}", StringComparison.Ordinal) + "[Model, {|from:Input(4)|}, Outputs<A, {|MDL0056:B|}>] public partial class Sample;",
        "'B' is a head of the model and must end with a loss, such as [SoftmaxCrossEntropy] or [MeanSquaredError]");

    [Fact]
    public Task Heads_with_losses_do_not_report_MDL0056() => Diagnose.Silent(
        Heads + "[Model, Input(4), Outputs<A, C, A>] public partial class Sample;");

    [Fact]
    public Task Layer_behind_the_heads_reports_MDL0009_at_the_layer() => Diagnose.Reports(
        Heads + "[Model, Input(4), {|from:Outputs<A, C>|}, {|MDL0009:Dense(3)|}] public partial class Sample;",
        "[Dense(3)] stands after the loss [Outputs<A, C>], where nothing flows any more; move the loss to the end");

    [Fact]
    public Task Loss_within_an_inner_block_reports_MDL0033_in_the_block() => Diagnose.Reports(
        """
        [Block, Dense(3), {|MDL0033:SoftmaxCrossEntropy|}] public partial class A;
        [Model, Input(3), Residual<A>, MeanSquaredError] public partial class Sample;
        """,
        "The block 'A' contains [SoftmaxCrossEntropy], but a block takes its input from where it is used and has no loss; move it to the model");

    [Fact]
    public Task Loss_of_a_model_that_only_predicts_reports_MDL0447_at_the_loss() => Diagnose.Reports(
        """
        [Model(Inference = true), Input(4), Dense(3), {|MDL0447:SoftmaxCrossEntropy|}]
        public partial class Classifier;
        """,
        "[SoftmaxCrossEntropy] is for training, but 'Classifier' only predicts; remove it, or Inference = true");

    [Theory]
    [InlineData("InputGradient")]
    [InlineData("KeepActivations")]
    [InlineData("PerSampleClipping")]
    [InlineData("Checks")]
    public Task Switch_for_training_of_a_model_that_only_predicts_reports_MDL0447_at_the_switch(string name) =>
        Diagnose.Reports(
            $$"""
            [Model(Inference = true, {{name}} = {|MDL0447:true|}), Input(4), Dense(3)]
            public partial class Classifier;
            """,
            $"{name} is for training, but 'Classifier' only predicts; remove it, or Inference = true");

    [Fact]
    public Task Memory_budget_of_a_model_that_only_predicts_reports_MDL0447() => Diagnose.Reports(
        """
        [Model(Inference = true, MemoryBudget = {|MDL0447:"64MB"|}, Batch = 32), Input(4), Dense(3)]
        public partial class Classifier;
        """,
        "MemoryBudget is for training, but 'Classifier' only predicts; remove it, or Inference = true");

    [Theory]
    [InlineData("[Model(Inference = true), Input(4), Dense(3)]")]
    [InlineData("[Model(Inference = true, InputGradient = false), Input(4), Dense(3), Softmax]")]
    [InlineData("[Model(Inference = false), Input(4), Dense(3), SoftmaxCrossEntropy]")]
    [InlineData("[Model(Inference = true, Precision = Precision.BFloat16), Input(4), Dense(3)]")]
    public Task Model_that_only_predicts_and_has_no_loss_does_not_report_MDL0447(string attributes) =>
        Diagnose.Silent($"{attributes}\npublic partial class Classifier;");

    [Fact]
    public Task Model_that_only_predicts_needs_a_layer_too() => Diagnose.Reports(
        """
        [Model(Inference = true), Input(4)]
        public partial class {|MDL0007:Nothing|};
        """,
        "'Nothing' has an input and no layer behind it");
}
