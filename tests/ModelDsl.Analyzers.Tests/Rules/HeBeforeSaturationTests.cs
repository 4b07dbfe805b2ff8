namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class HeBeforeSaturationTests
{
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
}
