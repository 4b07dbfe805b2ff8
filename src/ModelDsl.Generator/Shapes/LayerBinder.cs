using ModelDsl.Generator.Common;
using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Layers;
using ModelDsl.Generator.Parsing;

namespace ModelDsl.Generator.Shapes;

/// <summary>Carries the shape from layer to layer, into blocks and out of them.</summary>
internal sealed class LayerBinder
{
    private const int MostLayers = 10_000;

    private int _ordinal;
    private int _expanded;

    /// <summary>The rules that are broken so far.</summary>
    public List<ShapeIssue> Issues { get; private set; } = [];

    /// <summary>Binds the layers of a model; false where one does not fit.</summary>
    public bool BindModel(ModelDeclaration model, List<BoundLayer> layers)
    {
        bool bound = Bind(model.Layers, i => i, scope: "", new TensorShape(), isFrozen: false, layers);
        if (_expanded <= MostLayers)
        {
            return bound;
        }

        Issues.Add(new ShapeIssue(TooManyLayers.Rule, layers.Count, null, [model.Layers[layers.Count].Text, $"{MostLayers}"]));
        return false;
    }

    /// <summary>Binds a block where it is used; null where it does not fit, with the first rule that it breaks there.</summary>
    public BoundBlock? BindBlock(
        BlockDeclaration block, int index, string scope, TensorShape input, bool isFrozen, out ShapeIssue? issue)
    {
        issue = null;
        if (++_expanded > MostLayers)
        {
            return null;
        }

        List<ShapeIssue> outer = Issues;
        Issues = [];
        var layers = new List<BoundLayer>();
        bool bound = CheckBlock(block, index) && Bind(block.Layers, _ => index, scope + ".", input, isFrozen, layers);
        issue = Issues.Find(candidate => candidate.Rule.DefaultSeverity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        Issues = outer;
        if (!bound || issue is not null)
        {
            return null;
        }

        TensorShape output = layers.Count == 0 ? input : layers[layers.Count - 1].Output;
        return new BoundBlock(block.Name, layers.ToEquatableArray(), input, output);
    }

    private bool CheckBlock(BlockDeclaration block, int index)
    {
        foreach (LayerDeclaration layer in block.Layers)
        {
            LayerDefinition? definition = LayerCatalog.Find(layer.AttributeType);
            if (definition is null)
            {
                Issues.Add(new ShapeIssue(UnknownLayer.Rule, index, null, [layer.Kind]));
                return false;
            }

            if (definition.Role != LayerRole.Hidden)
            {
                Issues.Add(new ShapeIssue(BlockHasInputOrLoss.Rule, index, null, [block.Name, layer.Text]));
                return false;
            }
        }

        return true;
    }

    private bool Bind(
        EquatableArray<LayerDeclaration> declarations,
        Func<int, int> indexOf,
        string scope,
        TensorShape shape,
        bool isFrozen,
        List<BoundLayer> layers)
    {
        var names = new LayerNames(declarations);
        for (int i = 0; i < declarations.Count; i++)
        {
            LayerDeclaration declaration = declarations[i];
            if (!declaration.IsWellFormed || ++_expanded > MostLayers)
            {
                return false;
            }

            LayerDefinition definition = LayerCatalog.Find(declaration.AttributeType)!;
            string path = scope + names.NameOf(i, indexOf(i), Issues);
            int ordinal = _ordinal++;
            bool frozen = isFrozen || declaration.Bool("Frozen");
            var context = new LayerContext(this, declaration, indexOf(i), path, shape, layers, frozen);
            if (shape.IsTokens && !definition.TakesTokens && !declaration.TypeArguments.Any(argument => argument.Block is not null))
            {
                context.Report(TokensNeedEmbedding.Rule, null, declaration.Kind, shape, context.InputOrigin);
                return false;
            }

            if (definition.InferShape(context) is not { } output)
            {
                return false;
            }

            if (output.LongCount > int.MaxValue)
            {
                context.Report(TooManyElements.Rule, null, output);
                return false;
            }

            layers.Add(new BoundLayer(
                definition, declaration, indexOf(i), ordinal, path, shape, output, context.Blocks.ToEquatableArray(), frozen));
            shape = output;
        }

        return true;
    }
}
