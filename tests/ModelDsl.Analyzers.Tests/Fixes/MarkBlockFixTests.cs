using ModelDsl.Analyzers.Tests.Verification;
using ModelDsl.CodeFixes;

namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class MarkBlockFixTests
{
    [Fact]
    public Task Class_of_layers_becomes_a_block() =>
        Fix.Repairs<MarkBlockFix>(
            """
            [{|MDL0011:Dense(4)|}, {|MDL0011:Tanh|}]
            public partial class Think;

            [Model, Input(4), Sum<{|MDL0030:Think|}, Think>, MeanSquaredError]
            public partial class Net;
            """,
            """
            [Block, Dense(4), Tanh]
            public partial class Think;

            [Model, Input(4), Sum<Think, Think>, MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Class_without_layers_and_models_are_left_alone() =>
        Fix.OffersNothing<MarkBlockFix>(
            """
            public partial class Think;

            [Model, Input(4), Residual<{|MDL0030:Think|}>, MeanSquaredError]
            public partial class First;

            [Model, Input(4), Residual<{|MDL0030:Second|}>, MeanSquaredError]
            public partial class Second;
            """);
}
