namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class EmbeddingsExpectedTests
{
    [Theory]
    [InlineData(
        "Input(3, 5, Sequence = true), {|from:Dense(4)|}, {|MDL0053:Contrastive|}",
        "Contrastive expects the two embeddings of a pair as 2 rows, but its input is 3x4 from [Dense(4)]")]
    [InlineData(
        "Input(5), {|from:Dense(4)|}, {|MDL0053:Triplet(0.5f)|}",
        "Triplet expects the embeddings of an anchor, a positive and a negative as 3 rows, but its input is 4 from [Dense(4)]")]
    public Task Loss_of_distances_of_something_else_reports_MDL0053_at_the_loss(string layers, string message) =>
        Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(2, 5, Sequence = true), Dense(4), Contrastive")]
    [InlineData("Input(3, 5, Sequence = true), Dense(4), Triplet")]
    [InlineData("Input(5), Dense(6), Reshape(3, 2), Triplet")]
    public Task Loss_of_distances_of_embeddings_does_not_report_MDL0053(string layers) => Diagnose.Silent(Model(layers));

    [Theory]
    [InlineData("Huber({|MDL0075:0|})", "Huber expects a delta above 0, got 0")]
    [InlineData("Huber({|MDL0075:float.PositiveInfinity|})", "Huber expects a delta above 0, got Infinity")]
    public Task Delta_of_zero_reports_MDL0075_at_the_argument(string loss, string message) =>
        Diagnose.Reports(Model($"Input(5), {{|from:Dense(6)|}}, {loss}"), message);

    [Fact]
    public Task Smoothing_of_one_reports_MDL0016_at_the_argument() => Diagnose.Reports(
        Model("Input(5), {|from:Dense(6)|}, SoftmaxCrossEntropy(LabelSmoothing = {|MDL0016:1|})"),
        "SoftmaxCrossEntropy expects a label smoothing in [0, 1), got 1");

    private static string Model(string layers) => $"[Model, {layers}]\npublic partial class Sample;";
}
