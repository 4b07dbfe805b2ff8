using ModelDsl.Analyzers.Tests.Verification;

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
}
