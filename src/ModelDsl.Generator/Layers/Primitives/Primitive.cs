namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>What the shape rules of primitives have in common.</summary>
internal static class Primitive
{
    /// <summary>Whether numbers only flow in; reports where not.</summary>
    public static bool CheckInputs(LayerContext layer)
    {
        for (int i = 0; i < layer.Inputs.Count; i++)
        {
            if (layer.Inputs[i].IsTokens)
            {
                layer.Report(
                    TokensNeedEmbedding.Message(layer.Declaration.Kind, layer.Inputs[i], layer.InputOriginAt(i)),
                    input: i);
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether one of the branches that a layer joins depends on its input; reports where all give parameters alone.
    /// </summary>
    public static bool CheckBranches(LayerContext layer)
    {
        if (layer.Blocks.Any(block => !block.Output.IsFixed))
        {
            return true;
        }

        layer.Report(ParametersAlone.Message(layer.Declaration.Quoted));
        return false;
    }

    /// <summary>
    /// The number of a dimension from 0 on, where negative ones count from the end; null after reporting that there is
    /// no such dimension.
    /// </summary>
    /// <param name="layer">The primitive.</param>
    /// <param name="dimension">The dimension as it is written.</param>
    /// <param name="argument">The argument that names it.</param>
    /// <param name="added">How many dimensions there are besides those of the input.</param>
    public static int? Dimension(LayerContext layer, int dimension, string argument, int added = 0)
    {
        int rank = layer.Input.Rank + added;
        if (dimension >= -rank && dimension < rank)
        {
            return Counted(dimension, rank);
        }

        layer.Report(
            DimensionOutOfRange.Message(
                layer.Declaration.Quoted, dimension, rank, layer.Input, layer.InputOrigin),
            argument);
        return null;
    }

    /// <summary>The number of a dimension that is known to exist, from 0 on.</summary>
    public static int Counted(int dimension, int rank) => dimension < 0 ? dimension + rank : dimension;

    /// <summary>The product of the extents before a dimension.</summary>
    public static int Outer(TensorShape shape, int dimension) =>
        CountOf(shape.Dimensions.Take(dimension));

    /// <summary>Extents as a shape; one element where there are none.</summary>
    public static TensorShape ShapeOf(IEnumerable<int> extents)
    {
        int[] all = [.. extents];
        return all.Length == 0 ? new TensorShape(1) : new TensorShape(all);
    }

    /// <summary>The product of extents.</summary>
    public static int CountOf(IEnumerable<int> extents) => extents.Aggregate(1, (product, extent) => product * extent);

    /// <summary>A shape with another extent of one dimension.</summary>
    public static TensorShape With(TensorShape shape, int dimension, int extent) => shape with
    {
        Dimensions = [.. shape.Dimensions.Select((size, number) => number == dimension ? extent : size)],
    };

    /// <summary>
    /// A shape without one dimension. Of a vector one element is left, which is a vector of one; of steps that have no
    /// features left, a vector.
    /// </summary>
    public static TensorShape Without(TensorShape shape, int dimension) => shape with
    {
        Dimensions = shape.Rank == 1 ? [1] : [.. shape.Dimensions.Where((_, number) => number != dimension)],
        IsSequence = shape.IsSequence && dimension > 0 && shape.Rank > (shape.IsTokens ? 1 : 2),
    };

    /// <summary>
    /// Says which places are padding in a result that has some of the places of a dimension of its input.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="program">The program.</param>
    /// <param name="input">The input.</param>
    /// <param name="result">The result, returned as it is.</param>
    /// <param name="dimension">The dimension.</param>
    /// <param name="indices">The places; -1 for a new one.</param>
    /// <param name="name">The name of the mask.</param>
    public static Value KeepPadding(
        BoundLayer layer,
        ProgramBuilder program,
        Value input,
        Value result,
        int dimension,
        IEnumerable<int> indices,
        string name = "padding")
    {
        StepPadding? padding = program.PaddingOf(input);
        program.SetPadding(
            result, padding?.Dimension == dimension ? padding.Gather(layer, program, [.. indices], name) : padding);
        return result;
    }

    /// <summary>
    /// Says which places are padding in a result whose dimensions are others than those of its input.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="input">The input.</param>
    /// <param name="result">The result, returned as it is.</param>
    /// <param name="numberOf">What has become of a dimension of the input; -1 where it is none any more.</param>
    public static Value RenumberPadding(ProgramBuilder program, Value input, Value result, Func<int, int> numberOf)
    {
        StepPadding? padding = program.PaddingOf(input);
        int dimension = padding is null ? -1 : numberOf(padding.Dimension);
        program.SetPadding(result, dimension < 0 ? null : padding! with { Dimension = dimension });
        return result;
    }

    /// <summary>Says which places are padding in what is computed of several inputs, element by element.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="program">The program.</param>
    /// <param name="inputs">The inputs, which are broadcast to the shape of the result.</param>
    /// <param name="result">The result, returned as it is.</param>
    public static Value JoinPadding(
        BoundLayer layer, ProgramBuilder program, IEnumerable<Value> inputs, Value result)
    {
        StepPadding? joined = null;
        foreach (Value input in inputs)
        {
            int added = result.Shape.Rank - input.Shape.Rank;
            if (program.PaddingOf(input) is { } padding
                && padding.Dimension + added is >= 0 and int dimension
                && result.Shape.Dimensions[dimension] == input.Shape.Dimensions[padding.Dimension])
            {
                padding = padding with { Dimension = dimension };
                joined = joined?.With(layer, program, padding) ?? padding;
            }
        }

        program.SetPadding(result, joined);
        return result;
    }

    /// <summary>A value with the elements for each sample that it has, or that it is broadcast to.</summary>
    public static Value LayOut(BoundLayer layer, ProgramBuilder program, Value value, TensorShape shape, string name)
    {
        if (!value.Shape.IsFixed && value.Shape.Count == shape.Count)
        {
            return value;
        }

        Value result = program.Activation(
            layer, name, shape with { IsFixed = false }, mayBeRounded: value.Root.MayBeRounded);
        return program.Add(
            new StridedCopy(layer, value, start: 0, StridedWalk.Broadcast(value.Shape, shape), result));
    }
}
