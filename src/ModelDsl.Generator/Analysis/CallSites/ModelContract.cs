using System.Collections.Concurrent;
using ModelDsl.Generator.Layers;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>
/// What a model asks of samples and targets, and which of its members need a model that can be trained.
/// </summary>
/// <param name="Name">The model's name.</param>
/// <param name="Input">The extents of a sample.</param>
/// <param name="HasHeads">Whether it has several heads; else one loss.</param>
/// <param name="Heads">The heads, or the one loss.</param>
/// <param name="Tensors">The members that give tensors of parameters.</param>
internal sealed record ModelContract(
    string Name, EquatableArray<int> Input, bool HasHeads, EquatableArray<HeadContract> Heads, ImmutableHashSet<string> Tensors)
{
    /// <summary>The number of values of a sample.</summary>
    public long InputSize => Known.SizeOf(Input);

    /// <summary>The contract of a model's class; null where the class is none, or breaks a rule.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ModelContract? Of(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (!type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == ModelParser.ModelAttribute))
        {
            return null;
        }

        CheckedModel model = ModelCompiler.Check(ModelParser.Parse(type, cancellation).Declaration, cancellation);
        if (model is not { Differentiated: not null, Members: { } members })
        {
            return null;
        }

        ShapedModel shaped = model.Shaped;

        BoundLayer last = shaped.Layers[shaped.Layers.Count - 1];
        IEnumerable<BoundLayer> losses = last.Definition is LossLayer ? [last]
            : !last.Definition.TakesHeads ? []
            : last.Blocks.Select(block => block.Layers[block.Layers.Count - 1]);
        return new ModelContract(
            type.Name,
            ModelInputs.Shape(shaped.Layers).Dimensions,
            last.Definition is not LossLayer,
            losses.Select(loss => HeadContract.Of(loss)).ToEquatableArray(),
            [.. members.Tensors]);
    }
}

/// <summary>The contracts of the models of one compilation, each made when it is first asked for.</summary>
internal sealed class ModelContracts
{
    private readonly ConcurrentDictionary<ITypeSymbol, ModelContract?> _known = new(SymbolEqualityComparer.Default);

    /// <summary>What a model's class asks for; null where a type is no model, or one that breaks a rule.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ModelContract? Of(ITypeSymbol? type, CancellationToken cancellation)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } named)
        {
            return null;
        }

        if (!_known.TryGetValue(named, out ModelContract? contract))
        {
            contract = ModelContract.Of(named, cancellation);
            _known.TryAdd(named, contract);
        }

        return contract;
    }
}

/// <summary>What one loss asks of targets.</summary>
/// <param name="Loss">The kind of the loss.</param>
/// <param name="Values">The number of target values of one sample, where targets may be values.</param>
/// <param name="Rows">The number of labels of one sample: one, or one for each step.</param>
/// <param name="Classes">The number of classes, where targets may be labels.</param>
/// <param name="Targets">What may be given in a batch.</param>
/// <param name="DatasetTargets">What a data set may hold.</param>
/// <param name="IgnoredLabel">The label of what takes no part.</param>
internal sealed record HeadContract(
    string Loss, int Values, int Rows, int Classes, TargetKinds Targets, TargetKinds DatasetTargets, int? IgnoredLabel)
{
    /// <summary>Whether targets may be labels.</summary>
    public bool TakesLabels => (Targets & TargetKinds.Labels) != 0;

    public static HeadContract Of(BoundLayer layer)
    {
        var loss = (LossLayer)layer.Definition;
        int labels = loss.LabelsOf(layer);
        return new HeadContract(
            layer.Declaration.Kind,
            loss.ValuesOf(layer),
            labels,
            loss.ClassesOf(layer.Input.Count / labels),
            loss.TargetsOf(layer),
            loss.DatasetTargetsOf(layer),
            loss.IgnoredLabelOf(layer));
    }
}
