namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class TieToLayerFixTests
{
    [Fact]
    public Task The_layer_whose_weight_fits_is_named() =>
        Fix.Repairs<TieToLayerFix>(
            """
            [Model, Input(4, Type = ElementType.Token), Embedding(7, 3), Dense(3), Tanh, Dense(7, TiedTo = {|MDL0077:"tokens"|}), SoftmaxCrossEntropy]
            public partial class Net;
            """,
            """
            [Model, Input(4, Type = ElementType.Token), Embedding(7, 3), Dense(3), Tanh, Dense(7, TiedTo = "embedding1"), SoftmaxCrossEntropy]
            public partial class Net;
            """);
}
