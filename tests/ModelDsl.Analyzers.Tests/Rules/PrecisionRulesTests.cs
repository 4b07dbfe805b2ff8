namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class PrecisionRulesTests
{
    [Fact]
    public Task Penalty_in_a_block_that_a_model_of_Float16_uses_reports_MDL0066_at_the_use() =>
        Diagnose.Reports(
            """
            [Block, Dense(4), {|from:ActivityRegularization(L2 = 0.1)|}] public partial class Sparse;
            [Model(Precision = Precision.Float16)]
            [Input(4), {|MDL0066:Repeat<Sparse>(2)|}, Dense(2), SoftmaxCrossEntropy]
            public partial class Net;
            """,
            "[ActivityRegularization(L2 = 0.1)] cannot be part of a model of Precision.Float16: it adds its derivative "
                + "to gradients that are multiplied by a loss scale; use Precision.BFloat16, which has none");

    [Fact]
    public Task Penalty_of_activities_in_Float16_reports_MDL0066_at_the_attribute() =>
        Diagnose.Reports(
            """
            [Model(Precision = Precision.Float16), Input(5), Dense(3), Tanh]
            [{|MDL0066:ActivityRegularization(L2 = 0.1)|}, Dense(2), SoftmaxCrossEntropy]
            public partial class Net;
            """,
            "[ActivityRegularization(L2 = 0.1)] cannot be part of a model of Precision.Float16: it adds its derivative "
                + "to gradients that are multiplied by a loss scale; use Precision.BFloat16, which has none");

    [Fact]
    public Task Layers_that_can_be_stored_as_the_model_asks_for_does_not_report_MDL0066() =>
        Diagnose.Silent(
            """
            [Model(Precision = Precision.BFloat16), Input(5), Dense(3), Tanh]
            [ActivityRegularization(L2 = 0.1), Dense(2), SoftmaxCrossEntropy]
            public partial class Penalised;
            [Model(Precision = Precision.Float16), Input(5), Dense(3, WeightL2 = 0.1), Tanh, Dense(2), SoftmaxCrossEntropy]
            public partial class Narrow;
            [Model(Precision = Precision.Float16), Input(5, 3, Sequence = true), Lstm(4), Gru(4), SimpleRnn(4)]
            [Dense(2), SoftmaxCrossEntropy]
            public partial class Recurrent;
            [Model(Precision = Precision.Float32), Input(5), Dense(3), ActivityRegularization(L2 = 0.1), Dense(2)]
            [SoftmaxCrossEntropy]
            public partial class Whole;
            """);

    [Fact]
    public Task Clipping_of_samples_in_16_bits_reports_MDL0065_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model(PerSampleClipping = true, Precision = {|MDL0065:Precision.BFloat16|})]
            [Input(5), Dense(3), Tanh, Dense(2), SoftmaxCrossEntropy]
            public partial class Net;
            """,
            "'Net' has Precision.BFloat16 and PerSampleClipping, which computes the gradients of samples in 32 bits only; leave "
                + "out one of the two");

    [Fact]
    public Task Clipping_of_samples_in_32_bits_does_not_report_MDL0065() =>
        Diagnose.Silent(
            """
            [Model(PerSampleClipping = true, Precision = Precision.Float32)]
            [Input(5), Dense(3), Tanh, Dense(2), SoftmaxCrossEntropy]
            public partial class Net;
            """);

    [Theory]
    [InlineData("(Precision)16", 16)]
    [InlineData("(Precision)(-1)", -1)]
    public Task Number_that_is_no_precision_reports_MDL0067_at_the_argument(string precision, int number) =>
        Diagnose.Reports(
            $$"""
            [Model(Precision = {|MDL0067:{{precision}}|}), Input(5), Dense(3), Tanh, Dense(2), SoftmaxCrossEntropy]
            public partial class Net;
            """,
            $"'Net' has the precision {number}, which is none; use Precision.Float32, Precision.BFloat16 or Precision.Float16");

    [Fact]
    public Task Number_of_a_precision_does_not_report_MDL0067() =>
        Diagnose.Silent(
            """
            [Model(Precision = (Precision)1), Input(5), Dense(3), Tanh, Dense(2), SoftmaxCrossEntropy]
            public partial class Net;
            """);
}
