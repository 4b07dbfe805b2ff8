namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>One slice of a dimension, which disappears: of a sequence's steps one step, as a vector.</summary>
/// <param name="dimension">The dimension; negative ones count from the end.</param>
/// <param name="index">The index; negative ones count from the end.</param>
internal sealed class SelectAttribute(int dimension, int index) : LayerAttribute
{
    /// <summary>The dimension; negative ones count from the end.</summary>
    public int Dimension { get; } = dimension;

    /// <summary>The index; negative ones count from the end.</summary>
    public int Index { get; } = index;
}

/// <inheritdoc cref="SelectAttribute"/>
internal sealed class SelectLayer : PrimitiveLayer
{
    public override string AttributeType => typeof(SelectAttribute).FullName;

    public override bool TakesTokens => true;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var arguments = layer.Arguments<SelectAttribute>();
        if (Primitive.Dimension(layer, arguments.Dimension, nameof(arguments.Dimension)) is not { } dimension)
        {
            return null;
        }

        int extent = layer.Input.Dimensions[dimension];
        if (arguments.Index < -extent || arguments.Index >= extent)
        {
            layer.Report(
                IndexOutsideDimension.Message(
                    layer.Declaration.Quoted, MessageArgument.Phrase($"index {arguments.Index}"), dimension, extent,
                    layer.Input, layer.InputOrigin),
                nameof(arguments.Index));
            return null;
        }

        return Primitive.Without(layer.Input, dimension);
    }

    public override bool CanStep(BoundLayer layer) => layer.Input.IsSequence && layer.Output.IsSequence;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        var arguments = layer.Arguments<SelectAttribute>();
        int dimension = Primitive.Counted(arguments.Dimension, layer.Input.Rank);
        int extent = layer.Input.Dimensions[dimension];
        if (extent == 1)
        {
            return Renumber(program.View(layer, input));
        }

        int index = Primitive.Counted(arguments.Index, extent);
        int rows = Primitive.Outer(layer.Input, dimension), width = layer.Input.Count / rows / extent;
        Value result = layer.Output.IsTokens ? program.ExactActivation(layer) : program.Activation(layer);
        program.Add(new TakeColumns(
            layer, input, rows,
            [new(null, index * width), new(result, width), new(null, (extent - index - 1) * width)]));
        return Renumber(result);

        Value Renumber(Value selected) => Primitive.RenumberPadding(
            program, input, selected, padded => padded == dimension ? -1 : padded < dimension ? padded : padded - 1);
    }
}
