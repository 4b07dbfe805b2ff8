namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>Equal parts of a dimension, each an output.</summary>
/// <param name="count">The number of parts.</param>
/// <param name="dimension">The dimension; negative ones count from the end.</param>
internal sealed class SplitAttribute(int count, int dimension = -1) : LayerAttribute
{
    /// <summary>The number of parts.</summary>
    public int Count { get; } = count;

    /// <summary>The dimension; negative ones count from the end.</summary>
    public int Dimension { get; } = dimension;
}

/// <inheritdoc cref="SplitAttribute"/>
internal sealed class SplitLayer : PrimitiveLayer
{
    public override string AttributeType => typeof(SplitAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer) => InferShapes(layer)?[0];

    public override IReadOnlyList<TensorShape>? InferShapes(LayerContext layer)
    {
        var arguments = layer.Arguments<SplitAttribute>();
        if (arguments.Count < 1)
        {
            layer.Report(
                CountTooSmall.Message(layer.Declaration.Quoted, arguments.Count), nameof(arguments.Count));
            return null;
        }

        if (!Primitive.CheckInputs(layer)
            || Primitive.Dimension(layer, arguments.Dimension, nameof(arguments.Dimension)) is not { } dimension)
        {
            return null;
        }

        int extent = layer.Input.Dimensions[dimension];
        if (extent % arguments.Count != 0)
        {
            layer.Report(
                PartsMustBeEqual.Message(
                    layer.Declaration.Quoted, dimension, arguments.Count, extent, layer.Input, layer.InputOrigin),
                nameof(arguments.Count));
            return null;
        }

        TensorShape part = Primitive.With(layer.Input, dimension, extent / arguments.Count);
        return [.. Enumerable.Repeat(part, arguments.Count)];
    }

    public override bool CanStep(BoundLayer layer) =>
        layer.Input.IsSequence && Primitive.Counted(layer.Arguments<SplitAttribute>().Dimension, layer.Input.Rank) > 0;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        Lower(layer, program, [input])[0];

    public override IReadOnlyList<Value> Lower(BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs)
    {
        var arguments = layer.Arguments<SplitAttribute>();
        if (arguments.Count == 1)
        {
            return [program.View(layer, inputs[0])];
        }

        int dimension = Primitive.Counted(arguments.Dimension, layer.Input.Rank);
        int rows = Primitive.Outer(layer.Input, dimension);
        Value[] parts =
        [
            .. layer.Outputs.Select((shape, number) => program.Activation(layer, $"part{number}", shape, mayBeRounded: true)),
        ];
        program.Add(new TakeColumns(
            layer, inputs[0], rows, [.. parts.Select(part => new ColumnPart(part, part.Shape.Count / rows))]));
        for (int i = 0; i < parts.Length; i++)
        {
            int count = parts[i].Shape.Dimensions[dimension];
            Primitive.KeepPadding(
                layer, program, inputs[0], parts[i], dimension, Enumerable.Range(i * count, count), $"padding{i}");
        }

        return parts;
    }
}
