namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class RecurrentReadsPaddingTests
{
    [Theory]
    [InlineData("{|from:Input(6, Type = ElementType.Token, Padding = 0)|}, Embedding(9, 4), {|MDL0116:Lstm(5, ReturnSequences = false)|}, Dense(2), SoftmaxCrossEntropy", "[Lstm(5, ReturnSequences = false)] does not skip the padding of [Input(6, Type = ElementType.Token, Padding = 0)], so that its last output is that of a padded step; fill up at the beginning of the sequence, or return sequences and add [GlobalAveragePool]")]
    [InlineData("{|from:Input(6, Type = ElementType.Token, Padding = 0)|}, Embedding(9, 4), {|MDL0116:Gru(5)|}, Dense(2), SoftmaxCrossEntropy", "[Gru(5)] does not skip the padding of [Input(6, Type = ElementType.Token, Padding = 0)], so that the loss counts the padded steps too; set IgnoredLabel of the loss, or add [GlobalAveragePool]")]
    public Task Recurrent_layer_behind_padding_reports_MDL0116_at_the_layer(string layers, string message) => Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(6, Type = ElementType.Token, Padding = 0), Embedding(9, 4), Lstm(5), GlobalAveragePool, Dense(2), SoftmaxCrossEntropy")]
    [InlineData("Input(6, Type = ElementType.Token, Padding = 0), Embedding(9, 4), Lstm(5), Dense(2), SoftmaxCrossEntropy(IgnoredLabel = 0)")]
    [InlineData("Input(6, Type = ElementType.Token), Embedding(9, 4), Lstm(5, ReturnSequences = false), Dense(2), SoftmaxCrossEntropy")]
    public Task Recurrent_layer_whose_padding_is_skipped_does_not_report_MDL0116(string layers) => Diagnose.Silent(Model(layers));


    private static string Model(string layers) => $"[Model, {layers}]\npublic partial class Net;";
}
