namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class InsertReshapeFixTests
{
    [Fact]
    public Task Matrix_becomes_an_image_of_one_channel() =>
        Fix.Repairs<InsertReshapeFix>(
            """
            [Model]
            [Input(28, 28)]
            [{|MDL0050:Conv2D(4, 3)|}, Relu]
            [Flatten, Dense(10), SoftmaxCrossEntropy]
            public partial class First;

            [Model, Input(8, 6), {|MDL0050:ModelDsl.MaxPool2D(2)|}, MeanSquaredError]
            public partial class Second;
            """,
            """
            [Model]
            [Input(28, 28)]
            [Reshape(28, 28, 1), Conv2D(4, 3), Relu]
            [Flatten, Dense(10), SoftmaxCrossEntropy]
            public partial class First;

            [Model, Input(8, 6), ModelDsl.Reshape(8, 6, 1), ModelDsl.MaxPool2D(2), MeanSquaredError]
            public partial class Second;
            """);

    [Fact]
    public Task Vector_is_left_alone() =>
        Fix.OffersNothing<InsertReshapeFix>(
            """
            [Model, Input(784), {|MDL0050:MaxPool2D(2)|}, MeanSquaredError]
            public partial class Net;
            """);
}

public sealed class CorrectReshapeFixTests
{
    [Fact]
    public Task First_dimension_is_corrected() =>
        Fix.Repairs<CorrectReshapeFix>(
            """
            [Model, Input(784), {|MDL0013:Reshape(27, 28)|}, MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(784), Reshape(28, 28), MeanSquaredError]
            public partial class Net;
            """,
            choice: 0);

    [Fact]
    public Task Only_the_dimensions_that_come_out_whole_are_offered() =>
        Fix.Repairs<CorrectReshapeFix>(
            """
            [Model, Input(12), {|MDL0013:Reshape(5, 3, 2)|}, MeanSquaredError]
            public partial class Net;
            """,
            """
            [Model, Input(12), Reshape(2, 3, 2), MeanSquaredError]
            public partial class Net;
            """,
            choice: 0);

    [Fact]
    public Task Nothing_is_offered_beside_an_inferred_dimension() =>
        Fix.OffersNothing<CorrectReshapeFix>(
            """
            [Model, Input(12), {|MDL0013:Reshape(5, -1)|}, MeanSquaredError]
            public partial class Net;
            """);
}
