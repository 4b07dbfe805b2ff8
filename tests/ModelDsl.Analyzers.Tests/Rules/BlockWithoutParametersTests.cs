namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class BlockWithoutParametersTests
{
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
}
