namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class TiedWeightMustFitTests
{
    [Fact]
    public Task Fewer_units_than_tokens_report_MDL0078_at_the_argument() =>
        Diagnose.Reports(
            """
            [Model, Input(4, Type = ElementType.Token), {|from:Embedding(7, 3)|}, Dense(6, TiedTo = {|MDL0078:"embedding1"|}), SoftmaxCrossEntropy]
            public partial class Sample;
            """,
            "Dense has a weight of [6, 3], but 'embedding1', to which it is tied, has one of [7, 3]");

    [Fact]
    public Task A_weight_of_the_same_shape_does_not_report_MDL0078() =>
        Diagnose.Silent(
            """
            [Model, Input(4, Type = ElementType.Token), Embedding(7, 3), Dense(7, TiedTo = "embedding1"), SoftmaxCrossEntropy]
            public partial class Sample;
            """);
}
