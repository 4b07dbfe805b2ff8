namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class TowerNeedsInputTests
{
    private const string Towers =
        """
        [Block, Input(4), Dense(3)] public partial class A;
        [Block, Dense(3)] public partial class B;
        [Block, Input(5), Dense(3)] public partial class C;

        """;

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
        "Concat expects numbers, but its input is 4 tokens from [Input(4, Type = ElementType.Token)]; add [Embedding] before it");

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
}
