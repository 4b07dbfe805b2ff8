namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class MakePartialFixTests
{
    [Fact]
    public Task Class_becomes_partial() =>
        Fix.Repairs<MakePartialFix>(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public sealed class {|MDL0001:Net|};
            """,
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public sealed partial class Net;
            """);

    [Fact]
    public Task Class_without_modifiers_becomes_partial_and_keeps_its_comment() =>
        Fix.Repairs<MakePartialFix>(
            """
            // A net.
            [Model, Input(3), Dense(2), MeanSquaredError]
            // Yes.
            class {|MDL0001:Net|};
            """,
            """
            // A net.
            [Model, Input(3), Dense(2), MeanSquaredError]
            // Yes.
            partial class Net;
            """);

    [Fact]
    public Task All_types_around_a_model_become_partial() =>
        Fix.Repairs<MakePartialFix>(
            """
            public class {|MDL0002:Outer|}
            {
                private struct {|MDL0002:Middle|}
                {
                    [Model, Input(3), Dense(2), MeanSquaredError]
                    class {|MDL0001:Net|};
                }
            }
            """,
            """
            public partial class Outer
            {
                private partial struct Middle
                {
                    [Model, Input(3), Dense(2), MeanSquaredError]
                    partial class Net;
                }
            }
            """);
}
