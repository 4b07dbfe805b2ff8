using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Generator.Layers;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>A model that breaks no rule, as advice sees it.</summary>
/// <param name="shaped">The model.</param>
/// <param name="name">The class's name.</param>
/// <param name="budget">The most parameters that [Model] allows, where it says so.</param>
/// <param name="options">The settings of .editorconfig for the model's file.</param>
/// <param name="cancellation">Looked at for each layer.</param>
internal sealed class AdvisedModel(ShapedModel shaped, string name, int? budget, AnalyzerConfigOptions options, CancellationToken cancellation)
{
    private LoweredModel? _lowered;

    public string Name => name;

    /// <summary>The most parameters that [Model] allows, where it says so.</summary>
    public int? Budget => budget;

    /// <summary>All layers, those within blocks included, each as often as it is used.</summary>
    public IEnumerable<BoundLayer> AllLayers => shaped.Layers.SelectMany(Expand).Select(Looked);

    public LoweredModel Lowered => _lowered ??= LoweredModel.From(shaped, cancellation);

    /// <summary>
    /// The layers that follow each other directly: those of the model, with repeated blocks written out, and those of each
    /// block on a branch.
    /// </summary>
    public IEnumerable<IReadOnlyList<BoundLayer>> Chains => ChainsOf(shaped.Layers).Select(Looked);

    /// <summary>A number from .editorconfig, such as <c>modeldsl_max_parameters</c>.</summary>
    public int? Setting(string key) =>
        options.TryGetValue(key, out string? text) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number >= 0 ? number : null;

    private T Looked<T>(T item)
    {
        cancellation.ThrowIfCancellationRequested();
        return item;
    }

    private static IEnumerable<BoundLayer> Expand(BoundLayer layer) =>
        layer.Blocks.SelectMany(block => block.Layers).SelectMany(Expand).Prepend(layer);

    private static IEnumerable<IReadOnlyList<BoundLayer>> ChainsOf(IEnumerable<BoundLayer> layers)
    {
        List<BoundLayer> chain = [.. layers.SelectMany(WriteOut)];
        yield return chain;
        foreach (BoundBlock block in chain.SelectMany(layer => layer.Blocks))
        {
            foreach (IReadOnlyList<BoundLayer> inner in ChainsOf(block.Layers))
            {
                yield return inner;
            }
        }
    }

    private static IEnumerable<BoundLayer> WriteOut(BoundLayer layer) =>
        layer.Has(LayerTraits.Chain)
            ? layer.Blocks.SelectMany(block => block.Layers).SelectMany(WriteOut)
            : [layer];
}
