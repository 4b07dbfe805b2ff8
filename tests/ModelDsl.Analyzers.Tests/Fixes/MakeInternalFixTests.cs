namespace ModelDsl.Analyzers.Tests.Fixes;

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
