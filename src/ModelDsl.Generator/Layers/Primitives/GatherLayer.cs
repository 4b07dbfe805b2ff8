namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>Slices of a dimension by constant indices.</summary>
/// <param name="indices">The indices; negative ones count from the end.</param>
/// <param name="dimension">The dimension; negative ones count from the end.</param>
internal sealed class GatherAttribute(int[] indices, int dimension = 0) : LayerAttribute
{
    /// <summary>The indices; negative ones count from the end.</summary>
    public int[] Indices { get; } = indices;

    /// <summary>The dimension; negative ones count from the end.</summary>
    public int Dimension { get; } = dimension;
}

/// <inheritdoc cref="GatherAttribute"/>
internal sealed class GatherLayer : PrimitiveLayer
{
    public override string AttributeType => typeof(GatherAttribute).FullName;

    public override bool TakesTokens => true;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var arguments = layer.Arguments<GatherAttribute>();
        if (arguments.Indices.Length == 0)
        {
            layer.Report(CountTooSmall.Message(layer.Declaration.Quoted, 0), nameof(arguments.Indices));
            return null;
        }

        if (Primitive.Dimension(layer, arguments.Dimension, nameof(arguments.Dimension)) is not { } dimension)
        {
            return null;
        }

        int extent = layer.Input.Dimensions[dimension];
        for (int i = 0; i < arguments.Indices.Length; i++)
        {
            int index = arguments.Indices[i];
            if (index < -extent || index >= extent)
            {
                layer.Report(
                    IndexOutsideDimension.Message(
                        layer.Declaration.Quoted, MessageArgument.Phrase($"index {index}"), dimension, extent,
                        layer.Input, layer.InputOrigin),
                    $"{nameof(arguments.Indices)}[{i}]");
                return null;
            }
        }

        return Primitive.With(layer.Input, dimension, arguments.Indices.Length) with
        {
            IsSequence = layer.Input.IsSequence && dimension > 0,
        };
    }

    public override bool CanStep(BoundLayer layer) => layer.Input.IsSequence && layer.Output.IsSequence;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        var arguments = layer.Arguments<GatherAttribute>();
        int dimension = Primitive.Counted(arguments.Dimension, layer.Input.Rank);
        int extent = layer.Input.Dimensions[dimension];
        Value result = layer.Output.IsTokens ? program.ExactActivation(layer) : program.Activation(layer);
        int[] indices = [.. arguments.Indices.Select(index => Primitive.Counted(index, extent))];
        program.Add(new GatherOperation(layer, input, dimension, [.. indices], value: 0f, result));
        return Primitive.KeepPadding(layer, program, input, result, dimension, indices);
    }
}
