namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ShapesOfLayerTests
{
    private static readonly Situation WithShapes = new() { Rules = ["MDL0119"] };

    private const string Digits =
        """
        [Model, Input(784), {|MDL0119:Dense(128)|}, {|MDL0119:Relu|}, {|MDL0119:Repeat<Inner>(2)|}, MeanSquaredError]
        public partial class Digits;

        [Block, {|MDL0119:Dense(128)|}, {|MDL0119:Tanh|}]
        public partial class Inner;
        """;

    [Fact]
    public Task Layers_report_MDL0119_with_what_flows_where_it_is_on() => Diagnose.Reports(
        WithShapes,
        Digits,
        "Dense(128): 784 -> 128, 100,480 parameters",
        "Relu: 128 -> 128",
        "Repeat<Inner>(2): 128 -> 128, 33,024 parameters",
        "Dense(128): 128 -> 128, 16,512 parameters",
        "Tanh: 128 -> 128");

    [Fact]
    public Task Expressions_of_a_method_report_MDL0119() => Diagnose.Reports(
        WithShapes,
        """
        [Model, Input(4, 6, Sequence = true), MeanSquaredError]
        public partial class Net
        {
            private static Tensor Forward(Tensor x, [Parameter(1)] Tensor scale)
            {
                (Tensor left, Tensor right) = x.{|MDL0119:Split(2)|};
                return ({|MDL0119:left * scale|}).{|MDL0119:Maximum(right)|}.{|MDL0119:Reshape(12)|};
            }
        }
        """,
        "Split(2): 4x6 -> 4x3, 4x3",
        "left * scale: 4x3, 1 -> 4x3",
        "Maximum(right): 4x3, 4x3 -> 4x3",
        "Reshape(12): 4x3 -> 12");

    [Fact]
    public Task Layers_do_not_report_MDL0119_by_default() =>
        Diagnose.Silent(Markup.Parse(Digits).Source);
}
