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

public sealed class MakeInternalFixTests
{
    [Fact]
    public Task File_local_class_becomes_internal() =>
        Fix.Repairs<MakeInternalFix>(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            file partial class {|MDL0027:Net|};
            """,
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            internal partial class Net;
            """);

    [Fact]
    public Task File_local_class_around_a_model_becomes_internal() =>
        Fix.Repairs<MakeInternalFix>(
            """
            file partial class Outer
            {
                [Model, Input(3), Dense(2), MeanSquaredError]
                public partial class {|MDL0027:Net|};
            }
            """,
            """
            internal partial class Outer
            {
                [Model, Input(3), Dense(2), MeanSquaredError]
                public partial class Net;
            }
            """);
}

public sealed class MakeClassFixTests
{
    [Fact]
    public Task Record_becomes_an_ordinary_class() =>
        Fix.Repairs<MakeClassFix>(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial record {|MDL0003:Net|};
            """,
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Record_struct_becomes_an_ordinary_class() =>
        Fix.Repairs<MakeClassFix>(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public readonly partial record struct {|MDL0003:Net|};
            """,
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial class Net;
            """);

    [Fact]
    public Task Static_class_becomes_an_ordinary_class() =>
        Fix.Repairs<MakeClassFix>(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            static partial class {|MDL0003:Net|};
            """,
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            partial class Net;
            """);

    [Fact]
    public Task Abstract_class_becomes_an_ordinary_class() =>
        Fix.Repairs<MakeClassFix>(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            // Abstract.
            abstract partial class {|MDL0003:Net|}
            {
                public int Answer => 42;
            }
            """,
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            // Abstract.
            partial class Net
            {
                public int Answer => 42;
            }
            """);

    [Fact]
    public Task Nothing_is_offered_for_a_record_with_parameters() =>
        Fix.OffersNothing<MakeClassFix>(
            """
            [Model, Input(3), Dense(2), MeanSquaredError]
            public partial record {|MDL0003:Net|}(int Answer);
            """);
}
