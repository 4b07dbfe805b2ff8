using System.Collections;

namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>A model that breaks no rule, as advice sees it.</summary>
/// <param name="model">The model.</param>
/// <param name="settings">What else advice depends on.</param>
/// <param name="cancellation">Looked at for each layer.</param>
internal sealed class AdvisedModel(CheckedModel model, AdviceSettings settings, CancellationToken cancellation)
{
    /// <summary>The class's name.</summary>
    public string Name => model.Declaration.Name;

    /// <summary>What else advice depends on.</summary>
    public AdviceSettings Settings => settings;

    /// <summary>All layers, those within blocks included, each as often as it is used.</summary>
    public IEnumerable<BoundLayer> AllLayers => model.Shaped.Layers.SelectMany(Expand).Looked(cancellation);

    /// <summary>Whether the model asks for the gradient of its input.</summary>
    public bool HasInputGradient => model.Declaration.HasInputGradient;

    public LoweredModel Lowered => model.Differentiated!.Model;

    /// <summary>Whether the model only predicts.</summary>
    public bool IsForInference => model.Declaration.IsForInference;

    /// <summary>The backward pass.</summary>
    public IReadOnlyList<Operation> Backward => model.Differentiated!.WholeBackward;

    /// <summary>
    /// The layers that follow each other directly, each the only one that takes what the one before gives: those of the
    /// model, with repeated blocks written out, and those of each block on a branch.
    /// </summary>
    public IEnumerable<IReadOnlyList<BoundLayer>> Chains =>
        ChainsOf(model.Shaped.Layers).Select(chain => new LookedChain(chain, cancellation));

    /// <summary>
    /// What leads to each loss, which is the last layer: the layers of the model, or those of a head with the layers of the
    /// model before all heads.
    /// </summary>
    public IEnumerable<IReadOnlyList<BoundLayer>> Ends
    {
        get
        {
            IReadOnlyList<BoundLayer> layers = model.Shaped.Layers;
            BoundLayer[] chain =
            [
                .. ChainsIn(layers)
                    .First(chain => chain[chain.Count - 1].Number == layers.Count - 1)
                    .SelectMany(WriteOut)
                    .Looked(cancellation),
            ];
            BoundLayer last = chain[chain.Length - 1];
            if (last.Definition.Role != LayerRole.Loss)
            {
                return [];
            }

            return last.Definition.TakesHeads
                ? last.Blocks.Select(head =>
                    (IReadOnlyList<BoundLayer>)[.. chain.Take(chain.Length - 1), .. head.Layers.SelectMany(WriteOut)])
                : [chain];
        }
    }

    /// <summary>
    /// What is said of the layers before a loss: by the heads that have the layer for themselves, or by all of them.
    /// </summary>
    public IEnumerable<ShapeIssue> AdviseEnds(Func<BoundLayer, BoundLayer, ShapeIssue?> advise)
    {
        (BoundLayer Before, BoundLayer Loss)[] ends =
        [
            .. from end in Ends
               let before = end.Reverse().Skip(1).FirstOrDefault(layer => !layer.Has(LayerTraits.View))
               where before is not null
               select (before, end[end.Count - 1]),
        ];
        foreach (IGrouping<LayerPlace, (BoundLayer Before, BoundLayer Loss)> end in ends.GroupBy(end => end.Before.Place))
        {
            ShapeIssue?[] issues = [.. end.Select(one => advise(one.Before, one.Loss))];
            bool isOfAll = issues.All(issue => issue is not null)
                && (end.Count() == ends.Length || end.All(one => one.Before.Place.CommonDepth(one.Loss.Place) > 0));
            if (isOfAll)
            {
                yield return issues[0]!;
            }
        }
    }

    private static IEnumerable<BoundLayer> Expand(BoundLayer layer) =>
        layer.Blocks.SelectMany(block => block.Layers).SelectMany(Expand).Prepend(layer);

    private static IEnumerable<IReadOnlyList<BoundLayer>> ChainsOf(IReadOnlyList<BoundLayer> layers)
    {
        foreach (IReadOnlyList<BoundLayer> run in ChainsIn(layers))
        {
            List<BoundLayer> chain = [.. run.SelectMany(WriteOut)];
            yield return chain;
            foreach (BoundBlock block in chain.SelectMany(layer => layer.Blocks))
            {
                foreach (IReadOnlyList<BoundLayer> inner in ChainsOf(block.Layers))
                {
                    yield return inner;
                }
            }
        }
    }

    // A list of attributes is one chain; a graph falls apart where a value is used several times, or several are
    // joined.
    private static IEnumerable<IReadOnlyList<BoundLayer>> ChainsIn(IReadOnlyList<BoundLayer> layers)
    {
        ILookup<int, BoundLayer> takers = layers
            .SelectMany(layer => layer.Sources, (layer, source) => (layer, source.Layer))
            .ToLookup(pair => pair.Layer, pair => pair.layer);
        foreach (BoundLayer first in layers.Where(layer => !Follows(layer)))
        {
            List<BoundLayer> chain = [first];
            while (takers[chain[chain.Count - 1].Number].FirstOrDefault() is { } next && Follows(next))
            {
                chain.Add(next);
            }

            yield return chain;
        }

        bool Follows(BoundLayer layer) =>
            layer.Sources is [{ Layer: >= 0, Output: 0 } source] && takers[source.Layer].Count() == 1;
    }

    private static IEnumerable<BoundLayer> WriteOut(BoundLayer layer) =>
        layer.Has(LayerTraits.Chain) && layer.Blocks.All(IsChain)
            ? layer.Blocks.SelectMany(block => block.Layers).SelectMany(WriteOut)
            : [layer];

    private static bool IsChain(BoundBlock block) =>
        (block.Result is null || block.Result.Value.Layer == block.Layers.Count - 1)
        && block.Layers.All(layer => layer.Sources is [{ Output: 0 } source] && source.Layer == layer.Number - 1);

    // Advice walks chains of thousands of layers.
    private sealed class LookedChain(IReadOnlyList<BoundLayer> layers, CancellationToken cancellation)
        : IReadOnlyList<BoundLayer>
    {
        public int Count => layers.Count;

        public BoundLayer this[int index]
        {
            get
            {
                cancellation.Look();
                return layers[index];
            }
        }

        public IEnumerator<BoundLayer> GetEnumerator() => layers.Looked(cancellation).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
