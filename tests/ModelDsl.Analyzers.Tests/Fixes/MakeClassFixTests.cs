namespace ModelDsl.Analyzers.Tests.Fixes;

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
