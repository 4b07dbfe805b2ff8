namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class TiedWeightIsInitializedTests
{
    [Theory]
    [InlineData("WeightInitializer", "{|MDL0079:Initializer.HeNormal|}")]
    [InlineData("WeightConstant", "{|MDL0079:0.5f|}")]
    [InlineData("WeightL2", "{|MDL0079:0.5f|}")]
    public Task An_initialiser_or_penalty_of_a_tied_weight_reports_MDL0079_at_the_argument(string argument, string value) =>
        Diagnose.Reports(
            $$"""
            [Model, Input(4, Type = ElementType.Token), {|from:Embedding(7, 3)|}, Dense(7, TiedTo = "embedding1", {{argument}} = {{value}}), SoftmaxCrossEntropy]
            public partial class Sample;
            """,
            $"Dense is tied to 'embedding1', which says how their weight begins and is penalised: {argument} has no effect here");

    [Fact]
    public Task The_bias_of_a_tied_layer_does_not_report_MDL0079() =>
        Diagnose.Silent(
            """
            [Model, Input(4, Type = ElementType.Token), Embedding(7, 3), Dense(7, TiedTo = "embedding1", BiasInitializer = Initializer.Zeros), SoftmaxCrossEntropy]
            public partial class Sample;
            """);
}
