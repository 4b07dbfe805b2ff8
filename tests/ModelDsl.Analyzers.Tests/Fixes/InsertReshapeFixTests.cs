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
