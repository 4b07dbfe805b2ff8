namespace ModelDsl.Generator.Shapes;

/// <summary>Carries the shape from layer to layer, into blocks and out of them.</summary>
/// <param name="cancellation">Looked at for each layer.</param>
/// <param name="isLenient">
/// Whether a layer that does not fit is bound as if it did, so that its tensors are known by their names. Shapes mean nothing then.
/// </param>
internal sealed class LayerBinder(CancellationToken cancellation, bool isLenient = false)
{
    // What a layer that does not fit is tried on instead: a vector, steps, an image, tokens.
    private static readonly TensorShape[] OtherShapes =
        [new(64), new TensorShape(64, 64) with { IsSequence = true }, new(64, 64, 64), new TensorShape(64) with { IsTokens = true }];

    private readonly Dictionary<LayerPath, BoundLayer> _byPath = [];
    private readonly Dictionary<string, SharedBlock> _sharedBlocks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _fitting = new(StringComparer.Ordinal);
    private bool _isOfParameters;
    private int _ordinal;
    private int _expanded;

    /// <summary>Whether what is bound is a loss, or a block by itself, which may become one.</summary>
    public bool IsInLoss { get; private set; }

    /// <summary>The rules that are broken so far.</summary>
    public List<ShapeIssue> Issues { get; private set; } = [];

    /// <summary>The full names of the blocks that fit somewhere.</summary>
    public IEnumerable<string> FittingBlocks => _fitting;

    /// <summary>The layer with a path, of those bound so far; null where there is none.</summary>
    public BoundLayer? Find(LayerPath path) => _byPath.TryGetValue(path, out BoundLayer? layer) ? layer : null;

    /// <summary>The first use of a shared block: this one, where there was none before.</summary>
    public SharedBlock FirstUse(BlockDeclaration block, SharedBlock use)
    {
        if (!_sharedBlocks.TryGetValue(block.FullName, out SharedBlock? first))
        {
            _sharedBlocks.Add(block.FullName, first = use);
        }

        return first;
    }

    /// <summary>Binds the layers of a model; false where one does not fit.</summary>
    public bool BindModel(ModelDeclaration model, List<BoundLayer> layers)
    {
        bool bound = Bind(model.Layers, LayerPlace.InModel(0), LayerPath.Model, LayerPath.Model, [new TensorShape()], origin: "", isFrozen: false, layers);
        if (_expanded <= BlockDeclaration.MostLayers)
        {
            return bound;
        }

        Issues.Add(
            new ShapeIssue(
                TooManyLayers.Message(model.Layers[layers.Count].Text, BlockDeclaration.MostLayers),
                LayerPlace.InModel(layers.Count)));
        return false;
    }

    /// <summary>Binds a layer of a block by itself, as if a shape flowed into it; false where it does not fit.</summary>
    public bool BindAlone(LayerDeclaration layer, TensorShape input)
    {
        IsInLoss = true;
        LayerDeclaration alone = layer with { Sources = layer.Sources.Select(_ => LayerSource.FlowsIn).ToEquatableArray() };
        return Bind([alone], LayerPlace.InModel(0), LayerPath.Model, LayerPath.Model, [input], origin: "", isFrozen: false, []);
    }

    /// <summary>
    /// Binds the layers of a block by themselves, as if a shape flowed in; the first error where they do not fit, and
    /// nothing where they do, or where the C# compiler has more to say of them.
    /// </summary>
    public ShapeIssue? BindAlone(EquatableArray<LayerDeclaration> layers, TensorShape input)
    {
        const string origin = "what flows into the block";
        IsInLoss = true;
        return Bind(layers, LayerPlace.InModel(0), LayerPath.Model, LayerPath.Model, [input], origin, isFrozen: false, [])
            ? null
            : Issues.LastOrDefault(issue => issue.Message.IsError);
    }

    /// <summary>Binds a block where it is used; null where it does not fit, with the first rule that it breaks there.</summary>
    /// <param name="block">The block.</param>
    /// <param name="first">The place of its first layer.</param>
    /// <param name="scope">The path of the layer that uses it.</param>
    /// <param name="parameterScope">The path that its parameters are named after.</param>
    /// <param name="inputs">The shapes that flow in.</param>
    /// <param name="origin">The attribute that gave the first of them its shape.</param>
    /// <param name="isFrozen">Whether its parameters stay as they are in training.</param>
    /// <param name="use">What it is to the layer that uses it.</param>
    /// <param name="issue">The rule that it breaks.</param>
    public BoundBlock? BindBlock(
        BlockDeclaration block,
        LayerPlace first,
        LayerPath scope,
        LayerPath parameterScope,
        IReadOnlyList<TensorShape> inputs,
        string origin,
        bool isFrozen,
        BlockUse use,
        out ShapeIssue? issue)
    {
        issue = null;
        _expanded = block.IsTooLarge ? BlockDeclaration.MostLayers + 1 : _expanded + 1;
        if (_expanded > BlockDeclaration.MostLayers)
        {
            return null;
        }

        List<ShapeIssue> outer = Issues;
        Issues = [];
        bool isInLoss = IsInLoss;
        IsInLoss = use == BlockUse.Loss;
        var layers = new List<BoundLayer>();
        bool bound = (isLenient || CheckBlock(block, first, use))
            && Bind(block.Layers, first, scope, parameterScope, inputs, origin, isFrozen, layers);
        issue = Issues.Find(candidate => candidate.Message.IsError);
        outer.AddRange(Issues.Where(candidate => !candidate.Message.IsError));
        Issues = outer;
        IsInLoss = isInLoss;
        issue = isLenient ? null : issue;
        if (!bound || issue is not null)
        {
            return null;
        }

        _fitting.Add(block.FullName);
        return new BoundBlock(block.Name, layers.ToEquatableArray(), inputs[0], OutputOf(block, layers, inputs))
        {
            Result = block.Result,
            FullName = block.FullName,
            ParameterScope = parameterScope,
        };
    }

    // Where a layer that does not fit is left out, so may be the one that gives the result.
    private static TensorShape OutputOf(BlockDeclaration block, List<BoundLayer> layers, IReadOnlyList<TensorShape> inputs)
    {
        if (block.Result is not { } result)
        {
            return layers.Count == 0 ? inputs[0] : layers[layers.Count - 1].Output;
        }

        if (result.Layer < 0)
        {
            return inputs[result.Output];
        }

        return layers.FindLast(layer => layer.Number == result.Layer) is { } last && result.Output < last.Outputs.Count
            ? last.Outputs[result.Output]
            : inputs[0];
    }

    private bool CheckBlock(BlockDeclaration block, LayerPlace first, BlockUse use)
    {
        int last = block.Layers.Count - 1;
        if (use == BlockUse.Tower && !ModelInputs.StartsWithInput(block))
        {
            Issues.Add(new ShapeIssue(TowerNeedsInput.Message(block.Name)));
            return false;
        }

        if (use == BlockUse.Head && (last < 0 || LayerCatalog.Find(block.Layers[last].AttributeType) is not { Role: LayerRole.Loss, TakesHeads: false }))
        {
            Issues.Add(new ShapeIssue(HeadNeedsLoss.Message(block.Name)));
            return false;
        }

        for (int i = 0; i < block.Layers.Count; i++)
        {
            LayerDeclaration layer = block.Layers[i];
            LayerRule? definition = LayerCatalog.Find(layer.AttributeType);
            if (definition is null)
            {
                Issues.Add(new ShapeIssue(UnknownLayer.Message(layer.Kind), first.Beside(i)));
                return false;
            }

            bool isEnd = (use == BlockUse.Tower && i == 0) || (use == BlockUse.Head && i == last);
            if (definition.Role != LayerRole.Hidden && !isEnd)
            {
                Issues.Add(new ShapeIssue(BlockHasInputOrLoss.Message(block.Name, layer.Text), first.Beside(i)));
                return false;
            }
        }

        return true;
    }

    /// <param name="declarations">The layers of a model or of a block.</param>
    /// <param name="first">The place of the first of them.</param>
    /// <param name="scope">What the layers' paths begin with.</param>
    /// <param name="parameterScope">What the paths of their parameters begin with.</param>
    /// <param name="flowing">The shapes that flow in.</param>
    /// <param name="origin">The attribute that gave the first of them.</param>
    /// <param name="isFrozen">Whether parameters stay as they are in training.</param>
    /// <param name="layers">Takes the bound layers.</param>
    private bool Bind(
        EquatableArray<LayerDeclaration> declarations,
        LayerPlace first,
        LayerPath scope,
        LayerPath parameterScope,
        IReadOnlyList<TensorShape> flowing,
        string origin,
        bool isFrozen,
        List<BoundLayer> layers)
    {
        var names = new LayerNames(declarations, first);
        var outputs = new IReadOnlyList<TensorShape>[declarations.Count];
        var numbered = new BoundLayer?[declarations.Count];
        for (int i = 0; i < declarations.Count; i++)
        {
            cancellation.Look();
            LayerDeclaration declaration = declarations[i];
            if ((!declaration.IsWellFormed && !isLenient) || ++_expanded > BlockDeclaration.MostLayers)
            {
                return false;
            }

            LayerPlace place = first.Beside(i);
            string name = names.NameOf(i, Issues);
            LayerPath path = scope.Then(name).Called(declaration.Local);
            int ordinal = _ordinal++;
            EquatableArray<LayerSource> sources = declaration.SourcesAt(i);
            TensorShape[] inputs =
                [.. sources.Select(source => ShapeOf(source))];

            // Of a layer that is left out, what follows gets what it would have got, and of a parameter one number; it
            // may take more of its outputs.
            TensorShape ShapeOf(LayerSource source) => source.Layer < 0
                ? flowing[source.Output]
                : outputs[source.Layer][Math.Min(source.Output, outputs[source.Layer].Count - 1)];

            outputs[i] = [i > 0 && inputs[0].Rank == 0 ? new TensorShape([1]) : inputs[0]];
            if (LayerCatalog.Find(declaration.AttributeType) is not { } definition)
            {
                continue;
            }

            bool frozen = isFrozen || declaration.Attribute.Frozen;
            bool isOfParameters = !definition.IsSource && inputs.All(input => input.IsFixed);
            LayerContext context = ContextOf(declaration, inputs[0]);
            IReadOnlyList<TensorShape>? inferred = InferWith(definition, context, isOfParameters);
            if (inferred is null && isLenient)
            {
                isOfParameters = false;
                inferred = InferElse(definition, ref declaration, ref inputs[0], ref context, ContextOf);
                if (inferred is null)
                {
                    continue;
                }
            }

            if (inferred is null)
            {
                return false;
            }

            LayerContext ContextOf(LayerDeclaration meant, TensorShape input) => new(
                this, meant, place, path, parameterScope.Then(name),
                [.. inputs.Skip(1).Prepend(input).Select(shape => isOfParameters ? shape.OfSample : shape)],
                sources, origin, layers, numbered, frozen);

            var bound = new BoundLayer(
                definition, declaration, place, ordinal, path, inputs[0], inferred[0], context.Blocks.ToEquatableArray(), frozen)
            {
                ParameterPath = parameterScope.Then(name),
                TiedTo = context.TiedTo,
                Sources = sources,
                Inputs = inputs.ToEquatableArray(),
                Outputs = inferred.ToEquatableArray(),
                IsOfParameters = isOfParameters,
            };
            layers.Add(bound);
            numbered[i] = bound;
            _byPath[path] = bound;
            outputs[i] = inferred;
        }

        return true;
    }

    // A layer that has nothing but parameters for its input sees them as the only sample of a batch of one, and so do
    // the layers of its blocks.
    private IReadOnlyList<TensorShape>? InferWith(LayerRule definition, LayerContext context, bool isOfParameters)
    {
        if ((isOfParameters || _isOfParameters) && !definition.IsSource && !definition.TakesParametersAlone)
        {
            context.Report(ParametersAlone.Message(context.Declaration.Quoted));
            return null;
        }

        bool outer = _isOfParameters;
        _isOfParameters |= isOfParameters;
        IReadOnlyList<TensorShape>? inferred = Infer(definition, context);
        _isOfParameters = outer;
        return isOfParameters ? inferred?.Select(shape => shape with { IsFixed = true }).ToList() : inferred;
    }

    private static IReadOnlyList<TensorShape>? Infer(LayerRule definition, LayerContext context)
    {
        LayerDeclaration declaration = context.Declaration;
        if (context.Input.IsTokens && !definition.TakesTokens && !declaration.TypeArguments.Any(argument => argument.Block is not null))
        {
            context.Report(TokensNeedEmbedding.Message(declaration.Kind, context.Input, context.InputOrigin));
            return null;
        }

        if (definition.InferShapes(context) is not { } outputs)
        {
            return null;
        }

        foreach (TensorShape output in outputs)
        {
            if (output.LongCount > int.MaxValue)
            {
                context.Report(TooManyElements.Message(output, declaration.Text));
                return null;
            }
        }

        return outputs;
    }

    // On another input, or with every number of its arguments 1.
    private IReadOnlyList<TensorShape>? InferElse(
        LayerRule definition,
        ref LayerDeclaration declaration,
        ref TensorShape shape,
        ref LayerContext context,
        Func<LayerDeclaration, TensorShape, LayerContext> contextOf)
    {
        foreach (LayerDeclaration meant in (LayerDeclaration[])[declaration, WithOnes(declaration)])
        {
            foreach (TensorShape other in OtherShapes.Prepend(shape))
            {
                cancellation.Look();
                if (++_expanded > BlockDeclaration.MostLayers)
                {
                    return null;
                }

                context = contextOf(meant, other);
                if (Infer(definition, context) is { } outputs)
                {
                    (declaration, shape) = (meant, other);
                    return outputs;
                }
            }
        }

        return null;
    }

    private static LayerDeclaration WithOnes(LayerDeclaration declaration) => declaration with
    {
        Arguments = declaration.Arguments
            .Where(argument => argument.Scalar is int or bool or string || !argument.Elements.IsEmpty)
            .Select(argument => argument.Scalar is int
                ? argument with { Scalar = 1 }
                : argument with { Elements = argument.Elements.Select(_ => 1).ToEquatableArray() })
            .ToEquatableArray(),
    };
}
