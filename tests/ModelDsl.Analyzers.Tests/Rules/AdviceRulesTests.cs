namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class AdviceRulesTests
{
    [Fact]
    public Task Dropout_before_the_loss_reports_MDL0103_at_the_dropout() =>
        Diagnose.Reports(
            """
            [Model, Input(6), Dense(4), {|MDL0103:Dropout(0.5f)|}, Reshape(2, 2), {|from:MeanSquaredError|}]
            public partial class Net;
            """,
            "[Dropout(0.5f)] zeroes outputs at random before [MeanSquaredError] compares them with the targets; move it before the last layer that has parameters");

    [Fact]
    public Task Dropout_before_the_last_dense_does_not_report_MDL0103() =>
        Diagnose.Silent(
            """
            [Model, Input(6), Dense(4), Relu, Dropout(0.5f), Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Dropout_of_channels_before_the_loss_reports_MDL0103() =>
        Diagnose.Reports(
            """
            [Model, Input(6, 6, 2), Conv2D(4, 3), {|MDL0103:SpatialDropout(0.5f)|}, {|from:MeanSquaredError|}]
            public partial class Net;
            """,
            "[SpatialDropout(0.5f)] zeroes outputs at random before [MeanSquaredError] compares them with the targets; move it before the last layer that has parameters");

    [Fact]
    public Task Three_sigmoids_in_a_row_report_MDL0104_at_the_third() =>
        Diagnose.Reports(
            """
            [Model, Input(6), Dense(4), {|from:Sigmoid|}, Dense(4), Sigmoid, Dropout(0.1f), Dense(4), {|MDL0104:Sigmoid|}, Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            "[Sigmoid] is sigmoid number 3 in a row; each scales the gradient by at most 1/4, together by at most 1/64; use [Relu], [Gelu] or [Silu] between hidden layers");

    [Fact]
    public Task Two_sigmoids_in_a_row_do_not_report_MDL0104() =>
        Diagnose.Silent(
            """
            [Model, Input(6), Dense(4), Sigmoid, Dense(4), Sigmoid, Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Sigmoids_with_rectifiers_between_do_not_report_MDL0104() =>
        Diagnose.Silent(
            """
            [Model, Input(6), Dense(4), Sigmoid, Dense(4), Relu, Dense(4), Sigmoid, Dense(4), Relu, Dense(4), Sigmoid, Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Longest_chain_of_editorconfig_does_not_report_MDL0104() =>
        Diagnose.Silent(
            Situation.WithOption("modeldsl_longest_sigmoid_chain", "3"),
            """
            [Model, Input(6), Dense(4), Sigmoid, Dense(4), Sigmoid, Dense(4), Sigmoid, Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Sigmoids_behind_convolutions_report_MDL0104() =>
        Diagnose.Reports(
            """
            [Model, Input(9, 9, 2), Conv2D(4, 3), {|from:Sigmoid|}, Conv2D(4, 3), Sigmoid, Flatten, Dense(4), {|MDL0104:Sigmoid|}, Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            "[Sigmoid] is sigmoid number 3 in a row; each scales the gradient by at most 1/4, together by at most 1/64; use [Relu], [Gelu] or [Silu] between hidden layers");

    [Fact]
    public Task He_before_tanh_reports_MDL0105_at_the_initialiser() =>
        Diagnose.Reports(
            """
            [Model, Input(6), Dense(4, WeightInitializer = {|MDL0105:Initializer.HeNormal|}), {|from:Tanh|}, Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            "HeNormal is made for rectifiers, but [Tanh] saturates; use GlorotNormal");

    [Fact]
    public Task He_before_relu_does_not_report_MDL0105() =>
        Diagnose.Silent(
            """
            [Model, Input(6), Dense(4, WeightInitializer = Initializer.HeUniform), Relu, Dense(2), Tanh, MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task He_in_a_convolution_before_sigmoid_reports_MDL0105() =>
        Diagnose.Reports(
            """
            [Model, Input(6, 6, 2), Conv2D(4, 3, WeightInitializer = {|MDL0105:Initializer.HeUniform|}), SpatialDropout(0.1f), {|from:Sigmoid|}, MeanSquaredError]
            public partial class Net;
            """,
            "HeUniform is made for rectifiers, but [Sigmoid] saturates; use GlorotUniform");

    [Theory]
    [InlineData("Elu")]
    [InlineData("Selu")]
    [InlineData("Mish")]
    [InlineData("HardSwish")]
    [InlineData("Softplus")]
    [InlineData("Gelu")]
    [InlineData("Silu")]
    [InlineData("LeakyRelu")]
    [InlineData("Clip(0, 6)")]
    [InlineData("LogSoftmax")]
    public Task He_before_what_does_not_saturate_does_not_report_MDL0105(string activation) =>
        Diagnose.Silent(
            $"[Model, Input(6), Dense(4, WeightInitializer = Initializer.HeNormal), {activation}, MeanSquaredError] public partial class Net;");

    [Fact]
    public Task Model_over_its_budget_reports_MDL0106_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model(MaxParameters = {|MDL0106:1000|})]
            [Input(28, 28), Flatten]
            [Dense(32), Relu]
            [Dense(10)]
            [SoftmaxCrossEntropy]
            public partial class Net;
            """,
            "'Net' has 25,450 parameters, 24,450 more than its budget of 1,000; most of them, 25,120, are in [Dense(32)]");

    [Fact]
    public Task Model_over_the_budget_of_editorconfig_reports_MDL0106_at_the_class() =>
        Diagnose.Reports(
            Situation.WithOption("modeldsl_max_parameters", "10"),
            """
            [Model, Input(6), Dense(2), MeanSquaredError]
            public partial class {|MDL0106:Net|};
            """,
            "'Net' has 14 parameters, 4 more than its budget of 10; most of them, 14, are in [Dense(2)]");

    [Fact]
    public async Task Model_is_looked_at_again_when_only_the_budget_has_changed()
    {
        const string Rest = ", Input(6), Dense(2), MeanSquaredError] public partial class Rebudgeted;";
        await Diagnose.Silent($"[Model(MaxParameters = 14){Rest}");
        await Diagnose.Silent($"[Model{Rest}");
        await Diagnose.Reports(
            $"[Model(MaxParameters = {{|MDL0106:13|}}){Rest}",
            "'Rebudgeted' has 14 parameters, 1 more than its budget of 13; most of them, 14, are in [Dense(2)]");
        await Diagnose.Reports(
            Situation.WithOption("modeldsl_max_parameters", "10"),
            $"[Model{Rest}".Replace("Rebudgeted", "{|MDL0106:Rebudgeted|}", StringComparison.Ordinal),
            "'Rebudgeted' has 14 parameters, 4 more than its budget of 10; most of them, 14, are in [Dense(2)]");
        await Diagnose.Silent(Situation.WithOption("modeldsl_max_parameters", "14"), $"[Model{Rest}");
    }

    [Fact]
    public Task Model_within_its_budget_does_not_report_MDL0106() =>
        Diagnose.Silent(
            """
            [Model(MaxParameters = 14), Input(6), Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Repeat_of_a_block_without_parameters_reports_MDL0108() =>
        Diagnose.Reports(
            """
            [Block, Tanh]
            public partial class Squash;

            [Model, Input(6), {|MDL0108:Repeat<Squash>(3)|}, Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            "The block 'Squash' has no parameters, so [Repeat<Squash>(3)] computes the same function with each of its copies; write it once, unless it is meant to be applied again and again");

    [Fact]
    public Task Sum_of_a_block_without_parameters_with_itself_reports_MDL0108() =>
        Diagnose.Reports(
            """
            [Block, Tanh]
            public partial class Squash;

            [Model, Input(6), {|MDL0108:Sum<Squash, Squash>|}, Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            "The block 'Squash' has no parameters, so [Sum<Squash, Squash>] computes the same function with each of its copies; use it once and scale the result");

    [Fact]
    public Task Repeat_of_a_block_with_parameters_does_not_report_MDL0108() =>
        Diagnose.Silent(
            """
            [Block, Dense(6), Tanh]
            public partial class Think;

            [Model, Input(6), Repeat<Think>(3), Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Block_without_parameters_used_once_does_not_report_MDL0108() =>
        Diagnose.Silent(
            """
            [Block, Tanh]
            public partial class Squash;

            [Model, Input(6), Residual<Squash>, Repeat<Squash>(1), Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Bias_before_a_batch_normalisation_reports_MDL0109_at_its_layer() =>
        Diagnose.Reports(
            """
            [Model, Input(6, 6, 2), {|MDL0109:Conv2D(4, 3)|}, {|from:BatchNorm|}, Relu]
            [Flatten, {|MDL0109:Dense(3)|}, {|from:BatchNorm|}, MeanSquaredError]
            public partial class Net;
            """,
            "The bias of [Conv2D(4, 3)] has no effect, since [BatchNorm] subtracts each channel's mean; set UseBias = false",
            "The bias of [Dense(3)] has no effect, since [BatchNorm] subtracts each channel's mean; set UseBias = false");

    [Theory]
    [InlineData("Conv2D(4, 3, UseBias = false), BatchNorm, Relu")]
    [InlineData("Conv2D(4, 3), Relu, BatchNorm")]
    [InlineData("Conv2D(4, 3), GroupNorm(2)")]
    [InlineData("Conv2D(4, 3), BatchNorm(Frozen = true)")]
    public Task Bias_that_has_an_effect_does_not_report_MDL0109(string layers) =>
        Diagnose.Silent($"[Model, Input(6, 6, 2), {layers}, MeanSquaredError] public partial class Net;");

    [Theory]
    [InlineData(
        "Input(3), Dense(4), {|MDL0114:Relu|}, {|from:SoftmaxCrossEntropy|}",
        "SoftmaxCrossEntropy takes logits of any size and either sign, but [Relu] before it gives only values from 0 up; remove [Relu]")]
    [InlineData(
        "Input(3), Dense(4), {|MDL0114:Sigmoid|}, Flatten, {|from:SoftmaxCrossEntropy|}",
        "SoftmaxCrossEntropy takes logits of any size and either sign, but [Sigmoid] before it gives only values between 0 and 1; remove [Sigmoid]")]
    [InlineData(
        "Input(3), Dense(1), {|MDL0114:Relu|}, {|from:BinaryCrossEntropy|}",
        "BinaryCrossEntropy takes logits of any size and either sign, but [Relu] before it gives only values from 0 up; remove [Relu]")]
    [InlineData(
        "Input(3), Dense(4), {|MDL0114:Softplus|}, {|from:Hinge|}",
        "Hinge takes logits of any size and either sign, but [Softplus] before it gives only values above 0; remove [Softplus]")]
    [InlineData(
        "Input(3), Dense(4), {|MDL0114:Tanh|}, {|from:SoftmaxCrossEntropy|}",
        "SoftmaxCrossEntropy takes logits of any size and either sign, but [Tanh] before it gives only values between -1 and 1; remove [Tanh]")]
    [InlineData(
        "Input(3), Dense(4), {|MDL0114:HardSigmoid|}, {|from:SoftmaxCrossEntropy|}",
        "SoftmaxCrossEntropy takes logits of any size and either sign, but [HardSigmoid] before it gives only values between 0 and 1; remove [HardSigmoid]")]
    [InlineData(
        "Input(3), Dense(4), {|MDL0114:Clip(0, 6)|}, {|from:SoftmaxCrossEntropy|}",
        "SoftmaxCrossEntropy takes logits of any size and either sign, but [Clip(0, 6)] before it gives only values between 0 and 6; remove [Clip(0, 6)]")]
    public Task Activation_before_a_loss_of_logits_reports_MDL0114_at_the_activation(string layers, string message) =>
        Diagnose.Reports(Sources.Net(layers), message);

    [Theory]
    [InlineData("Input(3), Dense(4), Relu, Dense(2), SoftmaxCrossEntropy")]
    [InlineData("Input(3), Dense(4), Relu, MeanSquaredError")]
    [InlineData("Input(3), Dense(4), LeakyRelu, SoftmaxCrossEntropy")]
    [InlineData("Input(3), Dense(4), Clip(-20, 20), SoftmaxCrossEntropy")]
    [InlineData("Input(3), Dense(1), Tanh, Hinge")]
    [InlineData("Input(3), Dense(4), Elu, BinaryCrossEntropy")]
    public Task Logits_and_other_losses_do_not_report_MDL0114(string layers) => Diagnose.Silent(Sources.Net(layers));

    [Theory]
    [InlineData(
        "{|from:Input(6, Type = ElementType.Token, Padding = 0)|}, Embedding(9, 4), {|MDL0116:Lstm(5, "
            + "GoBackwards = true)|}, Dense(2), MeanSquaredError",
        "[Lstm(5, GoBackwards = true)] gives an output for the padding of [Input(6, Type = "
            + "ElementType.Token, Padding = 0)] too, which the loss counts; add [GlobalAveragePool]")]
    [InlineData(
        "{|from:Input(6, Type = ElementType.Token, Padding = 0)|}, Embedding(9, 4), {|MDL0116:Gru(5)|}, Dense(2), SoftmaxCrossEntropy",
        "[Gru(5)] gives an output for the padding of [Input(6, Type = ElementType.Token, Padding = 0)] "
            + "too, which the loss counts; set IgnoredLabel of the loss, or add [GlobalAveragePool]")]
    public Task Outputs_for_padding_that_the_loss_counts_report_MDL0116_at_the_layer(string layers, string message) =>
        Diagnose.Reports(Sources.Net(layers), message);

    [Theory]
    [InlineData(
        "Input(6, Type = ElementType.Token, Padding = 0), Embedding(9, 4), Lstm(5), GlobalAveragePool, Dense(2), SoftmaxCrossEntropy")]
    [InlineData(
        "Input(6, Type = ElementType.Token, Padding = 0), Embedding(9, 4), Lstm(5), Dense(2), SoftmaxCrossEntropy(IgnoredLabel = 0)")]
    [InlineData(
        "Input(6, Type = ElementType.Token, Padding = 0), Embedding(9, 4), Gru(4), Lstm(5, "
            + "ReturnSequences = false), Dense(2), SoftmaxCrossEntropy")]
    [InlineData("Input(6, Type = ElementType.Token), Embedding(9, 4), Lstm(5), Dense(2), SoftmaxCrossEntropy")]
    public Task Recurrent_layer_whose_padding_is_left_out_does_not_report_MDL0116(string layers) =>
        Diagnose.Silent(Sources.Net(layers));
}
