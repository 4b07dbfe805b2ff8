using System.Globalization;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class TooManyLayersTests
{
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
    [InlineData("Dense(4), Tanh", "MDL0040", "The blocks of [Sum<B39, B39>] bring the model beyond 10000 layers, the most that it can have")]
    [InlineData("Sum<B39, B39>", "MDL0031", "The block 'B39' contains itself, so its expansion would never end")]
    public async Task Forty_levels_of_blocks_that_double_report_MDL0040_or_MDL0031_at_once(string innermost, string id, string message)
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
}
