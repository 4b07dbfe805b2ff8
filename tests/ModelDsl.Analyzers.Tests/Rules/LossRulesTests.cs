namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class LossRulesTests
{
    [Theory]
    [InlineData("SoftmaxCrossEntropy")]
    [InlineData("Hinge")]
    public Task Loss_over_classes_on_an_image_reports_MDL0017_at_the_loss(string loss) =>
        Diagnose.Reports(
            $"[Model, Input(3), Dense(6), {{|from:Reshape(2, 3)|}}, {{|MDL0017:{loss}|}}]\npublic partial class Classifier;",
            $"{loss} expects one vector of scores, but its input is 2x3 from [Reshape(2, 3)]; add [Flatten] before it");

    [Theory]
    [InlineData("MeanSquaredError")]
    [InlineData("BinaryCrossEntropy")]
    public Task Element_wise_loss_on_an_image_does_not_report_MDL0017(string loss) =>
        Diagnose.Silent($"[Model, Input(3), Dense(6), Reshape(2, 3), {loss}]\npublic partial class Classifier;");

    [Fact]
    public Task Cross_entropy_of_one_class_reports_MDL0018_at_the_loss() =>
        Diagnose.Reports(
            """
            [Model, Input(3), {|from:Dense(1)|}, {|MDL0018:SoftmaxCrossEntropy|}]
            public partial class Classifier;
            """,
            "SoftmaxCrossEntropy over one class is always 0, since [Dense(1)] gives one output; use [BinaryCrossEntropy], or one output for each class");

    [Fact]
    public Task Cross_entropy_of_two_classes_does_not_report_MDL0018() =>
        Diagnose.Silent(
            """
            [Model, Input(3), Dense(2), SoftmaxCrossEntropy]
            public partial class Classifier;
            """);

    [Theory]
    [InlineData(
        "SoftmaxCrossEntropy(ClassWeights = {|MDL0052:[1, 2]|})",
        "SoftmaxCrossEntropy expects one weight for each class, 3 of them since its input comes from [Dense(3)], got 2")]
    [InlineData(
        "BinaryCrossEntropy(PositiveWeights = {|MDL0052:new float[] { 1, 2, 3, 4 }|})",
        "BinaryCrossEntropy expects one weight for each output, 3 of them since its input comes from [Dense(3)], got 4")]
    public Task Too_few_or_too_many_weights_report_MDL0052_at_the_list(string loss, string message) =>
        Diagnose.Reports(Sources.Net($"Input(5), {{|from:Dense(3)|}}, {loss}"), message);

    [Theory]
    [InlineData("SoftmaxCrossEntropy(ClassWeights = [1, 2, 3])")]
    [InlineData("SoftmaxCrossEntropy(ClassWeights = [])")]
    [InlineData("BinaryCrossEntropy(PositiveWeights = [2])")]
    [InlineData("BinaryCrossEntropy(PositiveWeights = [1, 2, 3])")]
    public Task One_weight_for_each_class_or_output_does_not_report_MDL0052(string loss) =>
        Diagnose.Silent(Sources.Net($"Input(5), Dense(3), {loss}"));

    [Theory]
    [InlineData(
        "Input(3, 5, Sequence = true), {|from:Dense(4)|}, {|MDL0053:Contrastive|}",
        "Contrastive expects the two embeddings of a pair as 2 rows, but its input is 3x4 from [Dense(4)]")]
    [InlineData(
        "Input(5), {|from:Dense(4)|}, {|MDL0053:Triplet(0.5f)|}",
        "Triplet expects the embeddings of an anchor, a positive and a negative as 3 rows, but its input is 4 from [Dense(4)]")]
    public Task Loss_of_distances_of_something_else_reports_MDL0053_at_the_loss(string layers, string message) =>
        Diagnose.Reports(Sources.Net(layers), message);

    [Theory]
    [InlineData("Input(2, 5, Sequence = true), Dense(4), Contrastive")]
    [InlineData("Input(3, 5, Sequence = true), Dense(4), Triplet")]
    [InlineData("Input(5), Dense(6), Reshape(3, 2), Triplet")]
    public Task Loss_of_distances_of_embeddings_does_not_report_MDL0053(string layers) =>
        Diagnose.Silent(Sources.Net(layers));

    [Theory]
    [InlineData("Huber({|MDL0075:0|})", "Huber expects a delta above 0, got 0")]
    [InlineData("Huber({|MDL0075:float.PositiveInfinity|})", "Huber expects a delta above 0, got Infinity")]
    public Task Delta_of_zero_reports_MDL0075_at_the_argument(string loss, string message) =>
        Diagnose.Reports(Sources.Net($"Input(5), {{|from:Dense(6)|}}, {loss}"), message);

    [Fact]
    public Task Smoothing_of_one_reports_MDL0016_at_the_argument() => Diagnose.Reports(
        Sources.Net("Input(5), {|from:Dense(6)|}, SoftmaxCrossEntropy(LabelSmoothing = {|MDL0016:1|})"),
        "SoftmaxCrossEntropy expects a label smoothing in [0, 1), got 1");

    [Theory]
    [InlineData(
        "Softmax, {|MDL0054:KullbackLeibler|}",
        "KullbackLeibler expects logarithms of probabilities, but [Softmax] gives the probabilities themselves; set FromProbabilities = true")]
    [InlineData(
        "LogSoftmax, KullbackLeibler(FromProbabilities = {|MDL0054:true|})",
        "KullbackLeibler expects probabilities, but [LogSoftmax] gives their logarithms; set FromProbabilities = false")]
    public Task Divergence_of_what_it_does_not_expect_reports_MDL0054_at_the_option(string layers, string message) =>
        Diagnose.Reports(Sources.Net($"Input(3), {{|from:Dense(4)|}}, {layers}"), message);

    [Theory]
    [InlineData("LogSoftmax, KullbackLeibler")]
    [InlineData("Softmax, KullbackLeibler(FromProbabilities = true)")]
    [InlineData("KullbackLeibler")]
    public Task Divergence_of_what_it_expects_does_not_report_MDL0054(string layers) =>
        Diagnose.Silent(Sources.Net($"Input(3), Dense(4), {layers}"));

    [Fact]
    public Task Type_that_is_no_loss_reports_MDL0443_at_the_type() => Diagnose.Reports(
        """
        public struct {|from:Nothing|};

        [Model, Input(4), {|from:Dense(3)|}, Loss<{|MDL0443:Nothing|}>]
        public partial class Net;
        """,
        "'Nothing' is no loss: [Loss<T>] takes a class with [Block] and a method 'Forward(Tensor outputs, Tensor targets)', or a struct "
            + "that implements ILoss");

    [Fact]
    public Task Block_as_a_loss_does_not_report_MDL0443() => Diagnose.Silent(
        """
        [Block]
        public partial class Error
        {
            private static Tensor Forward(Tensor outputs, Tensor targets) => (outputs - targets).Abs().Sum();
        }

        [Model, Input(4), Dense(3), Loss<Error>]
        public partial class Net;
        """);

    [Fact]
    public Task Loss_of_several_numbers_reports_MDL0444_at_the_block() => Diagnose.Reports(
        """
        [Block]
        public partial class {|from:Error|}
        {
            private static Tensor Forward(Tensor outputs, Tensor targets) => (outputs - targets).Square();
        }

        [Model, Input(4), {|from:Dense(3)|}, Loss<{|MDL0444:Error|}>]
        public partial class Net;
        """,
        "The loss 'Error' gives 3 for each sample instead of one number; end it with .Mean() or .Sum()");

    [Theory]
    [InlineData("(outputs - targets).Square().Mean()")]
    [InlineData("(outputs[0] - targets[0]).Abs()")]
    [InlineData("(outputs - targets).Norm()")]
    public Task Loss_of_one_number_does_not_report_MDL0444(string loss) => Diagnose.Silent(
        $$"""
        [Block]
        public partial class Error
        {
            private static Tensor Forward(Tensor outputs, Tensor targets) => {{loss}};
        }

        [Model, Input(4), Dense(3), Loss<Error>]
        public partial class Net;
        """);

    [Fact]
    public Task Loss_of_labels_and_values_reports_MDL0445_at_the_block() => Diagnose.Reports(
        """
        [Block]
        public partial class {|from:Both|}
        {
            private static Tensor Forward(Tensor outputs, Tensor targets, [Labels] Tensor labels) =>
                ((outputs - targets) * labels.OneHot(3)).Sum();
        }

        [Model, Input(4), {|from:Dense(3)|}, Loss<{|MDL0445:Both|}>]
        public partial class Net;
        """,
        "The loss 'Both' takes targets as 2 parameters, but a batch has labels or values once; let one parameter take all of them, or "
            + "give each its own head");

    [Theory]
    [InlineData("Tensor outputs", "outputs.Square().Mean()")]
    [InlineData("Tensor outputs, [Target(2)] Tensor pair", "(outputs.Sum() - pair[0] * pair[1]).Square()")]
    [InlineData("Tensor outputs, [Labels] Tensor labels", "-(outputs.LogSoftmax() * labels.OneHot(3)).Sum()")]
    public Task Loss_of_one_kind_of_targets_or_none_does_not_report_MDL0445(string parameters, string loss) => Diagnose.Silent(
        $$"""
        [Block]
        public partial class Own
        {
            private static Tensor Forward({{parameters}}) => {{loss}};
        }

        [Model, Input(4), Dense(3), Loss<Own>]
        public partial class Net;
        """);

    [Fact]
    public Task Targets_of_a_model_report_MDL0446_at_the_parameter() => Diagnose.Reports(
        """
        [Model, Input(4), MeanSquaredError]
        public partial class Net
        {
            private static Tensor Forward(Tensor x, [{|MDL0446:Target(4)|}] Tensor targets) => x.Dense(4) + targets;
        }
        """,
        "[Target(4)] stands at a parameter of a method that is no loss here: only the block of a [Loss<T>] is given targets");

    [Fact]
    public Task Targets_of_a_block_that_is_no_loss_are_reported_where_it_is_used() => Diagnose.Reports(
        """
        [Block]
        public partial class Peek
        {
            private static Tensor Forward(Tensor x, [{|from:Target(4)|}] Tensor targets) => x + targets;
        }

        [Model, {|from:Input(4)|}, Residual<{|MDL0032:Peek|}>, MeanSquaredError]
        public partial class Net;
        """,
        "The block 'Peek' does not fit its input 4 from [Input(4)]: [Target(4)] stands at a parameter of a method that is no loss "
            + "here: only the block of a [Loss<T>] is given targets");

    [Fact]
    public Task Targets_of_a_block_that_nobody_uses_yet_do_not_report_MDL0446() => Diagnose.Silent(
        """
        [Block]
        public partial class Later
        {
            private static Tensor Forward(Tensor x, [Target(4)] Tensor targets) => (x - targets).Square().Mean();
        }
        """);

    [Fact]
    public Task Expression_of_a_loss_that_does_not_fit_is_reported_where_the_loss_is_used() => Diagnose.Reports(
        """
        [Block]
        public partial class Error
        {
            private static Tensor Forward(Tensor outputs, [Target(4)] Tensor targets) =>
                ({|from:outputs - targets|}).Square().Mean();
        }

        [Model, Input(4), {|from:Dense(3)|}, Loss<{|MDL0032:Error|}>]
        public partial class Net;
        """,
        "The block 'Error' does not fit its input 3 from [Dense(3)]: 'outputs - targets' combines 3 from [Dense(3)] and 4 from "
            + "[Target(4)]; from the last dimension on, extents must be equal or 1");
}
