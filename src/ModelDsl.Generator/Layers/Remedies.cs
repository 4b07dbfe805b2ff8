namespace ModelDsl.Generator.Layers;

/// <summary>
/// What to do where a layer cannot take its input. Each remedy leads to a model whose layer can, and to what its author
/// probably means.
/// </summary>
internal static class Remedies
{
    private const string AddFlatten = "add [Flatten] before it";

    private static readonly Remedy Flatten = Flattening(AddFlatten);

    /// <summary>For a layer that takes a vector.</summary>
    public static Remedy ForVector(LayerContext layer)
    {
        if (IsInput(layer.OriginLayer) && layer.Input.Rank == 2 && Likely.StartsWithBatch(layer.Input))
        {
            return Flattening(MessageArgument.Phrase(
                $"{AddFlatten}, or write [Input({layer.Input.Columns})] if {layer.Input.Dimensions[0]} is the batch, which an input leaves out"));
        }

        return Flatten;
    }

    /// <summary>For a normalisation of vectors.</summary>
    public static Remedy ForNormalization(LayerContext layer) =>
        layer.Input.IsImage ? "use [GroupNorm(1)], which normalises an image" : Flatten;

    /// <summary>For a loss over classes.</summary>
    public static Remedy ForScores(LayerContext layer) =>
        layer.Input.IsImage
            ? Flattening(MessageArgument.Phrase(
                $"[Flatten] before it makes {layer.Input.Count} scores of it, [GlobalAveragePool] one for each of {layer.Input.Columns} channels"))
            : Flatten;

    /// <summary>For a layer of images.</summary>
    public static Remedy ForImage(LayerContext layer)
    {
        TensorShape input = layer.Input;
        bool isDeclared = IsInput(layer.OriginLayer);
        bool takesSequences = layer.Declaration.Attribute is GlobalAveragePoolAttribute or SpatialDropoutAttribute;
        if (input.Rank == 4 && isDeclared)
        {
            return MessageArgument.Phrase($"write [Input({Rest(input)})], since an input leaves out the batch");
        }

        if (input.Rank == 2 && takesSequences)
        {
            // An image of one channel would be averaged, or dropped, as a whole.
            return isDeclared
                ? Sequence(MessageArgument.Phrase($"declare it as [Input({Listed(input)}, Sequence = true)]"))
                : Reshape(new Extents(input.Dimensions[0], 1, input.Columns));
        }

        if (input.IsSequence && layer.Declaration.Attribute is Conv2DAttribute)
        {
            return "use [Conv1D(filters, kernelSize)] along the steps of a sequence";
        }

        return input.Rank == 2
            ? Reshape(new Extents(input.Dimensions[0], input.Columns, 1))
            : "a [Reshape] before it can make one";
    }

    /// <summary>For a layer that works along the steps of a sequence.</summary>
    public static Remedy ForSequence(LayerContext layer)
    {
        const string general =
            "declare it as [Input(steps, features, Sequence = true)], or begin with tokens and an [Embedding]";
        if (layer.Declaration.Origin == LayerOrigin.Expression && !IsInput(layer.OriginLayer))
        {
            // A method can say of what it has made that it consists of steps.
            if (layer.Input.IsImage)
            {
                return "call ToSequence() before it, which makes steps of the pixels";
            }

            if (layer.Input is { Rank: 2, IsTokens: false })
            {
                return "call ToSequence() before it, which makes steps of the first dimension";
            }
        }

        if (layer.Before.LastOrDefault(other => other.Input.IsSequence && !other.Output.IsSequence) is { } last)
        {
            return last.Has(LayerTraits.View)
                ? $"remove {last.Declaration.Quoted}, which leaves no steps"
                : $"put it before {last.Declaration.Quoted}, which leaves no steps";
        }

        if (layer.OriginLayer is { Declaration.Attribute: ReshapeAttribute } reshape
            && layer.Before.TakeWhile(other => other != reshape).All(KeepsInput))
        {
            return AfterReshape(layer, reshape);
        }

        TensorShape input = layer.Input;
        if (!IsInput(layer.OriginLayer) && input is { Rank: 2 or 3, IsTokens: false })
        {
            return Steps(input);
        }

        if (!IsInput(layer.OriginLayer) || input.Rank != 3)
        {
            return Sequence(general);
        }

        if (input.Columns == 1 && !Likely.StartsWithBatch(input))
        {
            Extents size = new Extents(input.Dimensions[0], input.Dimensions[1]).Listed;
            return Sequence(
                MessageArgument.Phrase($"declare it as [Input({size}, Sequence = true)], whose rows are the steps"));
        }

        return Likely.StartsWithBatch(input)
            ? Sequence(MessageArgument.Phrase(
                $"declare it as [Input({Rest(input)}, Sequence = true)], since an input leaves out the batch"))
            : Steps(input);
    }

    private static Remedy Steps(TensorShape input) => new(input.IsImage
        ? "add [ToSequence] before it, which makes steps of the pixels"
        : "add [ToSequence] before it, which makes steps of the first dimension")
    {
        Inserts = "ToSequence",
    };

    private static Remedy Flattening(MessageArgument words) => new(words) { Inserts = "Flatten" };

    private static Remedy AfterReshape(LayerContext layer, BoundLayer reshape)
    {
        MessageArgument steps = layer.Input.Rank == 2 ? Listed(layer.Input) : "steps, features";
        MessageArgument input = MessageArgument.Phrase($"[Input({steps}, Sequence = true)]");
        return MessageArgument.Phrase(
            $"declare the input as {input} and leave out {Quoted(reshape)}, which makes no sequence");
    }

    /// <summary>For a layer of tokens.</summary>
    public static MessageArgument ForTokens(LayerContext layer)
    {
        const string general = "declare the input as [Input(..., Type = ElementType.Token)]";
        TensorShape input = layer.Input;
        if (layer.OriginLayer is not { } origin)
        {
            return "let it follow an input of tokens directly";
        }

        if (layer.Before.FirstOrDefault(other => other.Input.IsTokens && !other.Output.IsTokens) is { } first)
        {
            return $"{first.Declaration.Quoted} has made numbers of the tokens already, so leave one of them out";
        }

        if (IsInput(origin))
        {
            int batch = input.Dimensions[0];
            return input.Rank == 1
                ? general
                : Likely.StartsWithBatch(input)
                    ? MessageArgument.Phrase(
                        $"write {Tokens(input.Columns)} if {batch} is the batch, which an input leaves out")
                    : "tokens have one dimension, so declare the input as [Input(length, Type = ElementType.Token)]";
        }

        return layer.Before.All(KeepsInput)
            ? MessageArgument.Phrase(
                $"declare the input as {Tokens(input.Count)} and leave out what stands between them")
            : "put it directly behind an input of tokens, such as [Input(length, Type = ElementType.Token)]";
    }

    /// <summary>For a window that is larger than its input.</summary>
    public static MessageArgument ForWindow(LayerContext layer)
    {
        if (layer.OriginLayer is { } origin
            && origin.Declaration.Attribute is InputAttribute or ReshapeAttribute
            && Likely.ChannelsLast(layer.Input) is { } right)
        {
            string order = right.IsSequence ? "sequences are steps x features" : "images are height x width x channels";
            string named = right.IsSequence ? ", Sequence = true" : "";
            return MessageArgument.Phrase($"{order}: write [{origin.Declaration.Kind}({Listed(right)}{named})]");
        }

        return Likely.IsInputsOutputsWindow(layer.Declaration, layer.Input)
            ? $"write [{Likely.WithoutInputs(layer.Declaration)}], since the number of input channels is known"
            : "make the window smaller or pad the input";
    }

    private static bool IsInput(BoundLayer? layer) => layer?.Definition.Role == LayerRole.Input;

    private static bool KeepsInput(BoundLayer layer) => IsInput(layer) || layer.Has(LayerTraits.View);

    private static Remedy Sequence(MessageArgument words) => new(words) { DeclaresSequence = true };

    private static Remedy Reshape(Extents dimensions) =>
        new(MessageArgument.Phrase($"add [Reshape({dimensions.Listed})] before it")) { Reshape = dimensions };

    private static string Quoted(BoundLayer layer) => layer.Declaration.Quoted;

    private static MessageArgument Tokens(int length) =>
        MessageArgument.Phrase($"[Input({length}, Type = ElementType.Token)]");

    private static Extents Listed(TensorShape shape) => ((Extents)shape).Listed;

    private static Extents Rest(TensorShape shape) =>
        new Extents([.. shape.Dimensions.Skip(1).Select(size => (long)size)]).Listed;
}
