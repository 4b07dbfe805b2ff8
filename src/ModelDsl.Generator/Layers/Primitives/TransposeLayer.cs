namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>The dimensions in another order.</summary>
/// <param name="dimensions">The input's dimensions in the order of the output's.</param>
internal sealed class TransposeAttribute(params int[] dimensions) : LayerAttribute
{
    /// <summary>The input's dimensions in the order of the output's.</summary>
    public int[] Dimensions { get; } = dimensions;
}

/// <inheritdoc cref="TransposeAttribute"/>
internal sealed class TransposeLayer : PrimitiveLayer
{
    public override string AttributeType => typeof(TransposeAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (!Primitive.CheckInputs(layer))
        {
            return null;
        }

        TensorShape input = layer.Input;
        int[] dimensions = layer.Arguments<TransposeAttribute>().Dimensions;
        int[] order = Order(dimensions, input.Rank);
        if (dimensions.Length != input.Rank || order.Distinct().Count(one => one >= 0 && one < input.Rank) < input.Rank)
        {
            layer.Report(
                NumberForEachDimension.Message(
                    layer.Declaration.Quoted, "each dimension once", new Extents([.. dimensions.Select(one => (long)one)]).Listed,
                    input.Rank, input, layer.InputOrigin),
                nameof(TransposeAttribute.Dimensions));
            return null;
        }

        return input with
        {
            Dimensions = [.. order.Select(dimension => input.Dimensions[dimension])],
            IsSequence = input.IsSequence && order[0] == 0,
        };
    }

    public override bool CanStep(BoundLayer layer) =>
        layer.Output.IsSequence && layer.Input.IsSequence;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        int[] order = Order(layer.Arguments<TransposeAttribute>().Dimensions, layer.Input.Rank);

        // Where all dimensions but those of one element stay in their order, nothing moves.
        int[] moved = [.. order.Where(dimension => layer.Input.Dimensions[dimension] > 1)];
        if (moved.SequenceEqual(moved.OrderBy(dimension => dimension)))
        {
            return Renumber(program.View(layer, input));
        }

        int[] from = StridedWalk.StridesOf(layer.Input), to = StridedWalk.StridesOf(layer.Output);
        var walk = StridedWalk.Of(order.Select(
            (dimension, number) => new StridedWalk.Step(layer.Input.Dimensions[dimension], from[dimension], to[number])));
        return Renumber(program.Add(new StridedCopy(layer, input, start: 0, walk, program.Activation(layer))));

        Value Renumber(Value result) =>
            Primitive.RenumberPadding(program, input, result, padded => Array.IndexOf(order, padded));
    }

    private static int[] Order(int[] dimensions, int rank) =>
        [.. dimensions.Select(dimension => Primitive.Counted(dimension, rank))];
}
