namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>A range of one dimension.</summary>
/// <param name="dimension">The dimension; negative ones count from the end.</param>
/// <param name="start">The first index; negative ones count from the end.</param>
/// <param name="end">The index behind the last; negative ones count from the end.</param>
/// <param name="step">The distance from index to index.</param>
internal sealed class SliceAttribute(int dimension, int start, int end = SliceAttribute.ToTheEnd, int step = 1)
    : LayerAttribute
{
    /// <summary>The end of a range that goes on to the last index.</summary>
    public const int ToTheEnd = int.MaxValue;

    /// <summary>The dimension; negative ones count from the end.</summary>
    public int Dimension { get; } = dimension;

    /// <summary>The first index; negative ones count from the end.</summary>
    public int Start { get; } = start;

    /// <summary>The index behind the last; negative ones count from the end.</summary>
    public int End { get; } = end;

    /// <summary>The distance from index to index.</summary>
    public int Step { get; } = step;
}

/// <inheritdoc cref="SliceAttribute"/>
internal sealed class SliceLayer : PrimitiveLayer
{
    public override string AttributeType => typeof(SliceAttribute).FullName;

    public override bool TakesTokens => true;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var arguments = layer.Arguments<SliceAttribute>();
        if (arguments.Step < 1)
        {
            layer.Report(
                SizeMustBePositive.Message(layer.Declaration.Quoted, "step", arguments.Step), nameof(arguments.Step));
            return null;
        }

        if (Primitive.Dimension(layer, arguments.Dimension, nameof(arguments.Dimension)) is not { } dimension)
        {
            return null;
        }

        int extent = layer.Input.Dimensions[dimension];
        (int start, int end) = Range(arguments, extent);
        if (start < 0 || end > extent || start >= end)
        {
            MessageArgument range = MessageArgument.Phrase($"indices from {start} to before {end}");
            layer.Report(
                IndexOutsideDimension.Message(
                    layer.Declaration.Quoted, range, dimension, extent, layer.Input, layer.InputOrigin),
                nameof(arguments.Start));
            return null;
        }

        return Primitive.With(layer.Input, dimension, (end - start - 1) / arguments.Step + 1);
    }

    public override bool CanStep(BoundLayer layer) =>
        layer.Input.IsSequence && Primitive.Counted(layer.Arguments<SliceAttribute>().Dimension, layer.Input.Rank) > 0;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        var arguments = layer.Arguments<SliceAttribute>();
        int dimension = Primitive.Counted(arguments.Dimension, layer.Input.Rank);
        int extent = layer.Input.Dimensions[dimension], count = layer.Output.Dimensions[dimension];
        int start = Range(arguments, extent).Start;
        if (count == extent)
        {
            return program.View(layer, input);
        }

        int rows = Primitive.Outer(layer.Input, dimension), width = layer.Input.Count / rows / extent;
        Value result = layer.Output.IsTokens ? program.ExactActivation(layer) : program.Activation(layer);
        Primitive.KeepPadding(
            layer, program, input, result, dimension,
            Enumerable.Range(0, count).Select(place => start + place * arguments.Step));
        if (arguments.Step == 1 || count == 1)
        {
            return program.Add(new TakeColumns(
                layer, input, rows,
                [
                    new(null, start * width), new(result, count * width),
                    new(null, (extent - start - count) * width),
                ]));
        }

        var walk = StridedWalk.Of(
        [
            new(rows, extent * width, count * width), new(count, arguments.Step * width, width), new(width, 1, 1),
        ]);
        return program.Add(new StridedCopy(layer, input, start * width, walk, result));
    }

    private static (int Start, int End) Range(SliceAttribute arguments, int extent)
    {
        int start = arguments.Start < 0 ? arguments.Start + extent : arguments.Start;
        int end = arguments.End == SliceAttribute.ToTheEnd ? extent
            : arguments.End < 0 ? arguments.End + extent
            : arguments.End;
        return (start, end);
    }
}
