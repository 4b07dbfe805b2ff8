namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class EmbeddingSwappedTests
{
    [Theory]
    [InlineData("Input(50, Type = ElementType.Token), {|MDL0113:Embedding(16, 30000)|}, GlobalAveragePool, Dense(1), BinaryCrossEntropy", "[Embedding(16, 30000)] makes 30000 features for each of 16 tokens; if 30000 is the size of the vocabulary, write [Embedding(30000, 16)]")]
    [InlineData("Input(50, Type = ElementType.Token), {|MDL0113:Embedding(64, 5000)|}, GlobalAveragePool, Dense(1), BinaryCrossEntropy", "[Embedding(64, 5000)] makes 5000 features for each of 64 tokens; if 5000 is the size of the vocabulary, write [Embedding(5000, 64)]")]
    public Task Swapped_arguments_report_MDL0113_at_the_embedding(string layers, string message) => Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(5, Type = ElementType.Token), Embedding(65, 768), Dense(65), SoftmaxCrossEntropy")]
    [InlineData("Input(5, Type = ElementType.Token), Embedding(256, 4096), GlobalAveragePool, Dense(2), SoftmaxCrossEntropy")]
    [InlineData("Input(5, Type = ElementType.Token), Embedding(2, 1600), GlobalAveragePool, Dense(2), SoftmaxCrossEntropy")]
    [InlineData("Input(5, Type = ElementType.Token), Embedding(30000, 16), GlobalAveragePool, Dense(2), SoftmaxCrossEntropy")]
    public Task Wide_embeddings_of_few_tokens_do_not_report_MDL0113(string layers) => Diagnose.Silent(Model(layers));


    private static string Model(string layers) => $"[Model, {layers}]\npublic partial class Net;";
}
