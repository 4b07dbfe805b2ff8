using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using ModelDsl.Generator.Common;
using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Layers;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>What a model asks of samples and targets, and which of its members need a model that can be trained.</summary>
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
        if (model.Differentiated is not { } differentiated)
        {
            return null;
        }

        ShapedModel shaped = model.Shaped;

        BoundLayer last = shaped.Layers[shaped.Layers.Count - 1];
        IEnumerable<BoundLayer> losses = last.Definition is LossLayer
            ? [last]
            : last.Blocks.Select(block => block.Layers[block.Layers.Count - 1]);
        return new ModelContract(
            type.Name,
            ModelInputs.Shape(shaped.Layers).Dimensions,
            last.Definition is not LossLayer,
            losses.Select(loss => HeadContract.Of(loss, ((LossLayer)loss.Definition).Items(loss.Input))).ToEquatableArray(),
            [.. MemberNames.Of(differentiated.Model).Tensors]);
    }
}
