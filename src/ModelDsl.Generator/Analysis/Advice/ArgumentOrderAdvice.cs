using ModelDsl.Generator.Layers;

namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>Arguments in the order of another library.</summary>
internal sealed class ArgumentOrderAdvice : IAdvice
{
    private const int MostFeatures = 16384;
    private const int FewestTokens = 1000;
    private const int MostTokensOfWidth = 1024;
    private const int UsualDivisor = 64;

    public IEnumerable<ShapeIssue> Check(AdvisedModel model)
    {
        foreach (BoundLayer layer in model.AllLayers)
        {
            if (Likely.IsInputsOutputsWindow(layer.Declaration, layer.Input))
            {
                var window = layer.Arguments<WindowAttribute>();
                yield return new ShapeIssue(
                    InputsBeforeOutputs.Message(
                        layer.Declaration.Text,
                        layer.Input.Columns,
                        new Extents(window.KernelHeight, window.KernelWidth),
                        window.KernelHeight,
                        Likely.WithoutInputs(layer.Declaration)),
                    layer.Place);
            }
            else if (layer.Declaration.Attribute is EmbeddingAttribute { Vocabulary: var vocabulary, Width: var width })
            {
                if (IsVocabulary(width) && vocabulary < width && vocabulary <= MostTokensOfWidth)
                {
                    yield return new ShapeIssue(
                        EmbeddingSwapped.Message(
                            layer.Declaration.Text, width, vocabulary, $"Embedding({width}, {vocabulary})"),
                        layer.Place);
                }
            }
        }
    }

    // Widths are multiples of a power of two and no larger than those of the largest models; vocabularies are counts.
    private static bool IsVocabulary(int width) => width > MostFeatures || (width >= FewestTokens && width % UsualDivisor != 0);
}
