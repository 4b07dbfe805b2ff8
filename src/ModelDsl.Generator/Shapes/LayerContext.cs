namespace ModelDsl.Generator.Shapes;

/// <summary>What a layer's shape rule sees: its own attribute, the shape that comes in, and a place for complaints.</summary>
/// <param name="binder">Binds the blocks that the layer is composed of.</param>
/// <param name="declaration">The attribute.</param>
/// <param name="place">Where it stands.</param>
/// <param name="path">The layer's name within the model.</param>
/// <param name="parameterPath">The name that its parameters have within the model.</param>
/// <param name="inputs">The shapes that flow in.</param>
/// <param name="sources">The outputs of layers that they come from.</param>
/// <param name="blockOrigin">The attribute that gave the block's input its shape.</param>
/// <param name="before">The layers before this one in the same model or block.</param>
/// <param name="numbered">
/// The layers of the same model or block by their numbers; none where one is left out, or is not bound yet.
/// </param>
/// <param name="isFrozen">Whether parameters stay as they are in training.</param>
internal sealed class LayerContext(
    LayerBinder binder,
    LayerDeclaration declaration,
    LayerPlace place,
    LayerPath path,
    LayerPath parameterPath,
    IReadOnlyList<TensorShape> inputs,
    EquatableArray<LayerSource> sources,
    string blockOrigin,
    IReadOnlyList<BoundLayer> before,
    IReadOnlyList<BoundLayer?> numbered,
    bool isFrozen)
{
    private readonly List<BoundBlock> _blocks = [];

    public LayerDeclaration Declaration => declaration;

    /// <summary>The arguments, those that are not written included.</summary>
    public T Arguments<T>()
        where T : class => declaration.Read<T>();

    /// <summary>The shape of what flows in; that of no dimensions for the input itself.</summary>
    public TensorShape Input => inputs[0];

    /// <summary>The shapes of all that flows in.</summary>
    public IReadOnlyList<TensorShape> Inputs => inputs;

    /// <summary>Whether the layer stands in a block that may be a loss, with outputs flowing in.</summary>
    public bool IsInLoss => binder.IsInLoss;

    /// <summary>The layers before this one in the same model or block, in data-flow order.</summary>
    public IReadOnlyList<BoundLayer> Before => before;

    /// <summary>The blocks that <c>BindBlock</c> has bound so far.</summary>
    public IReadOnlyList<BoundBlock> Blocks => _blocks;

    /// <summary>The attribute that gave <see cref="Input"/> its shape, as <c>[Input(28, 28)]</c>.</summary>
    public string InputOrigin => InputOriginAt(0);

    /// <summary>
    /// The layer of the same model or block whose output flows in first; null for what flows into the whole.
    /// </summary>
    public BoundLayer? SourceLayer => LayerAt(sources[0].Layer);

    /// <summary>The layer of the same model or block that gave <see cref="Input"/> its shape.</summary>
    public BoundLayer? OriginLayer => OriginAt(0);

    /// <summary>The layer that gave one of <see cref="Inputs"/> its shape, as <see cref="InputOrigin"/>.</summary>
    public string InputOriginAt(int input) =>
        OriginAt(input)?.Declaration.Quoted ?? blockOrigin;

    /// <summary>The <see cref="BoundLayer.ParameterPath"/> of the layer whose weight this one uses; see <see cref="Tie"/>.</summary>
    public LayerPath? TiedTo { get; private set; }

    /// <summary>Lets the layer use the weight of another one.</summary>
    public void Tie(BoundLayer owner) => TiedTo = owner.TiedTo ?? owner.ParameterPath;

    /// <summary>An earlier layer by its name in the same model or block, or by its path from the model's beginning.</summary>
    public BoundLayer? Find(string name) =>
        binder.Find(path.Parent!.Then(name.Split('.'))) ?? binder.Find(LayerPath.Model.Then(name.Split('.')));

    /// <summary>Reports a rule at an argument of this attribute, or at the whole attribute.</summary>
    /// <param name="message">The rule, with what its message names.</param>
    /// <param name="argument">
    /// The attribute's property, an element of it as in <c>Dimensions[1]</c>, or a type argument as in
    /// <c>&lt;0&gt;</c>.
    /// </param>
    /// <param name="input">The number of the input whose shape is wrong: told is where that came from.</param>
    public void Report(RuleMessage message, string? argument = null, int input = 0)
    {
        binder.Issues.Add(new ShapeIssue(message, place, Written(declaration, argument), OriginAt(input)?.Place));
    }

    /// <summary>Reports a rule at a layer before this one that does not go together with it.</summary>
    public void ReportAt(BoundLayer other, RuleMessage message, string? argument = null) =>
        binder.Issues.Add(new ShapeIssue(message, other.Place, Written(other.Declaration, argument), place));

    /// <summary>Whether generated code can name the type that the attribute is given; reports where not.</summary>
    public bool CheckTypeCanBeNamed()
    {
        TypeArgument argument = declaration.TypeArguments[0];
        if (argument.IsFileLocal)
        {
            Report(TypeIsFileLocal.Message(argument.Name, declaration.Text), "<0>");
        }

        return !argument.IsFileLocal;
    }

    /// <summary>
    /// Binds the block that one of the attribute's type arguments names, for use on <paramref name="shape"/>; null after
    /// reporting that it does not fit.
    /// </summary>
    /// <param name="typeArgument">The number of the type argument.</param>
    /// <param name="shape">What flows into the block.</param>
    /// <param name="copy">Tells the names of several uses apart.</param>
    /// <param name="isShared">Whether the copies have the same parameters.</param>
    /// <param name="use">What the block is to the layer; where a model has no input of its own, a tower.</param>
    public BoundBlock? BindBlock(
        int typeArgument,
        TensorShape shape,
        int? copy = null,
        bool isShared = false,
        BlockUse use = BlockUse.Inner) => BindBlock(typeArgument, [shape], copy, isShared, use);

    /// <summary>As for one input, for a block that several flow into.</summary>
    public BoundBlock? BindBlock(
        int typeArgument,
        IReadOnlyList<TensorShape> shapes,
        int? copy = null,
        bool isShared = false,
        BlockUse use = BlockUse.Inner)
    {
        TensorShape shape = shapes[0];
        use = Input.Rank == 0 ? BlockUse.Tower : use;
        TypeArgument argument = declaration.TypeArguments[typeArgument];
        if (argument.Block is not { } block)
        {
            Report(TypeIsNotBlock.Message(argument.Name, declaration.Text), $"<{typeArgument}>");
            return null;
        }

        if (block.IsRecursive)
        {
            Report(BlockContainsItself.Message(block.Name), $"<{typeArgument}>");
            return null;
        }

        if (block.IsUnreadable)
        {
            Report(BlockIsNotRecorded.Message(block.Name), $"<{typeArgument}>");
            return null;
        }

        if (block.InputCount != shapes.Count)
        {
            Report(BlockTakesOtherInputs.Message(block.Name, block.InputCount, shapes.Count), $"<{typeArgument}>");
            return null;
        }

        // Towers and heads are known by the names of their blocks.
        string? name = use is BlockUse.Inner or BlockUse.Loss ? null : ModelInputs.NameOf(declaration, typeArgument);
        LayerPath scope = name is null ? Use(path, typeArgument, copy) : LayerPath.Model.Then(name);
        string origin = OriginOf(shape);
        if (ParameterScope(block, typeArgument, shape, isShared ? 0 : copy, name) is not { } parameterScope)
        {
            return null;
        }

        BoundBlock? bound = binder.BindBlock(
            block, place.Within(typeArgument, copy ?? 0), scope, parameterScope, shapes, origin, isFrozen, use, out ShapeIssue? issue);
        if (bound is null)
        {
            if (issue is not null)
            {
                ReportInner(issue, typeArgument, block.Name, shape, origin, use);
            }

            return null;
        }

        if (use == BlockUse.Tower && bound.Output.IsTokens)
        {
            Report(
                TokensNeedEmbedding.Message(declaration.Kind, bound.Output, block.Layers[0].Quoted),
                $"<{typeArgument}>");
            return null;
        }

        _blocks.Add(bound);
        return bound;
    }

    private static string? Written(LayerDeclaration declaration, string? argument)
    {
        if (argument is null)
        {
            return null;
        }

        int end = argument.IndexOf('[');
        return end < 0
            ? AttributeReader.WrittenName(declaration, argument)
            : AttributeReader.WrittenName(declaration, argument.Substring(0, end)) + argument.Substring(end);
    }

    // Tells the uses of blocks by one layer apart: 0 for a copy, b for a branch.
    private LayerPath Use(LayerPath layer, int typeArgument, int? copy)
    {
        LayerPath use = copy is { } number ? layer.ThenCopy(number) : layer;
        return declaration.TypeArguments.Count > 1 ? use.Then($"{(char)('a' + typeArgument)}") : use;
    }

    // Shared parameters bear the name of their first use; null after reporting that they do not fit this one.
    private LayerPath? ParameterScope(BlockDeclaration block, int typeArgument, TensorShape shape, int? copy, string? name)
    {
        LayerPath own = name is null ? Use(parameterPath, typeArgument, copy) : LayerPath.Model.Then(name);
        if (!block.IsShared)
        {
            return own;
        }

        SharedBlock first = binder.FirstUse(block, new SharedBlock(own, shape, declaration.Text));
        if (first.Input == shape)
        {
            return first.ParameterScope;
        }

        Report(
            SharedBlockNeedsOneShape.Message(block.Name, first.Input, first.User, shape, OriginOf(shape)),
            $"<{typeArgument}>");
        return null;
    }

    // Reports at the type argument what is wrong within its block, and keeps that as the cause.
    private void ReportInner(
        ShapeIssue issue, int typeArgument, string block, TensorShape shape, string origin, BlockUse use)
    {
        // The structure of a block and the arguments of its layers are wrong wherever it is used; shapes are so here.
        // A tower has its shapes from itself.
        bool fitsNowhere = issue.IsOfText || use == BlockUse.Tower;
        Report(
            fitsNowhere ? issue.Message : BlockDoesNotFit.Message(block, shape, origin, issue.Message),
            $"<{typeArgument}>");
        int last = binder.Issues.Count - 1;
        binder.Issues[last] = binder.Issues[last] with { Cause = issue.Place is null ? null : issue };
    }

    // The copies of a repeated block have their shapes from each other.
    private string OriginOf(TensorShape shape)
    {
        if (shape == Input || _blocks.Count == 0)
        {
            return InputOrigin;
        }

        BoundLayer? changed = _blocks[_blocks.Count - 1].Layers.LastOrDefault(layer => layer.Input != layer.Output);
        return changed is null ? InputOrigin : changed.Declaration.Quoted;
    }

    // The layer that made the shape, not those that only passed it on.
    private BoundLayer? OriginAt(int input)
    {
        BoundLayer? layer = LayerAt(sources[input].Layer);
        while (layer is { Outputs.Count: 1 } && layer.Input == layer.Output)
        {
            layer = LayerAt(layer.Sources[0].Layer);
        }

        return layer;
    }

    private BoundLayer? LayerAt(int number) => number >= 0 && number < numbered.Count ? numbered[number] : null;
}
