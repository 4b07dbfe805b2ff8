namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class GradientCannotReachTests
{
    [Fact]
    public Task Softmax_over_one_element_reports_MDL0107_at_the_layer_before() =>
        Diagnose.Reports(
            """
            [Model, Input(6), {|MDL0107:Dense(1)|}, {|from:Softmax|}, MeanSquaredError]
            public partial class Net;
            """,
            "The parameters of [Dense(1)] cannot learn: the output of [Softmax] over one element is constant");

    [Fact]
    public Task Zeros_before_a_rectifier_report_MDL0107() =>
        Diagnose.Reports(
            """
            [Model, Input(6), {|MDL0107:Dense(4, WeightInitializer = Initializer.Zeros)|}, {|from:Relu|}, Dense(2), MeanSquaredError]
            public partial class Net;
            """,
            "The parameters of [Dense(4, WeightInitializer = Initializer.Zeros)] cannot learn: they start at zero, where [Relu] is flat");

    [Fact]
    public Task Zeros_before_the_loss_do_not_report_MDL0107() =>
        Diagnose.Silent(
            """
            [Model, Input(6), Dense(2, WeightInitializer = Initializer.Zeros), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Zeros_with_a_bias_before_a_rectifier_do_not_report_MDL0107() =>
        Diagnose.Silent(
            """
            [Model, Input(6), Dense(4, WeightInitializer = Initializer.Zeros, BiasInitializer = Initializer.Constant, BiasConstant = 0.1f), Relu, Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Frozen_layer_does_not_report_MDL0107() =>
        Diagnose.Silent(
            """
            [Model, Input(6), Dense(4, Frozen = true), Relu, Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Theory]
    [InlineData("LogSoftmax")]
    [InlineData("LayerNorm")]
    [InlineData("RmsNorm")]
    public Task Normalisation_of_one_element_reports_MDL0107(string layer) =>
        Diagnose.Reports(
            $"[Model, Input(6), {{|MDL0107:Dense(1)|}}, {{|from:{layer}|}}, MeanSquaredError] public partial class Net;",
            $"The parameters of [Dense(1)] cannot learn: the output of [{layer}] over one element is constant");

    [Fact]
    public Task Zeros_in_a_convolution_before_a_rectifier_report_MDL0107() =>
        Diagnose.Reports(
            """
            [Model, Input(6, 6, 2), {|MDL0107:Conv2D(4, 3, WeightInitializer = Initializer.Zeros)|}, {|from:Relu|}, MeanSquaredError]
            public partial class Net;
            """,
            "The parameters of [Conv2D(4, 3, WeightInitializer = Initializer.Zeros)] cannot learn: they start at zero, where [Relu] is flat");
}
