namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class AddMarkFixTests
{
    [Fact]
    public Task Class_is_marked_as_model() =>
        Fix.Repairs<AddMarkFix>(
            """
            public partial class Outer
            {
                // The net.
                [{|MDL0011:Input(3)|}, {|MDL0011:Dense(2)|}]
                [{|MDL0011:MeanSquaredError|}]
                public partial class Net;
            }
            """,
            """
            public partial class Outer
            {
                // The net.
                [Model]
                [Input(3), Dense(2)]
                [MeanSquaredError]
                public partial class Net;
            }
            """,
            choice: 0);

    [Fact]
    public Task Class_is_marked_as_block() =>
        Fix.Repairs<AddMarkFix>(
            """
            [{|MDL0011:Dense(2)|}, {|MDL0011:Relu|}] public partial class Net;
            """,
            """
            [Block, Dense(2), Relu] public partial class Net;
            """,
            choice: 1);

    [Fact]
    public Task Layers_on_several_parts_of_a_class_are_left_alone() =>
        Fix.OffersNothing<AddMarkFix>(
            """
            [{|MDL0011:Input(3)|}, {|MDL0011:Dense(2)|}]
            public partial class Net;

            [{|MDL0011:MeanSquaredError|}]
            public partial class Net;
            """);
}
