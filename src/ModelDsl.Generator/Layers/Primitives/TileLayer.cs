namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>The input several times along each dimension.</summary>
/// <param name="counts">How often, for each dimension.</param>
internal sealed class TileAttribute(params int[] counts) : LayerAttribute
{
    /// <summary>How often, for each dimension.</summary>
    public int[] Counts { get; } = counts;
}

/// <inheritdoc cref="TileAttribute"/>
internal sealed class TileLayer : PrimitiveLayer
{
    public override string AttributeType => typeof(TileAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (!Primitive.CheckInputs(layer))
        {
            return null;
        }

        TensorShape input = layer.Input;
        int[] counts = layer.Arguments<TileAttribute>().Counts;
        if (counts.Length != input.Rank)
        {
            layer.Report(
                NumberForEachDimension.Message(
                    layer.Declaration.Quoted, "a count for each dimension", new Extents([.. counts.Select(one => (long)one)]).Listed,
                    input.Rank, input, layer.InputOrigin),
                nameof(TileAttribute.Counts));
            return null;
        }

        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] < 1)
            {
                layer.Report(
                    CountTooSmall.Message(layer.Declaration.Quoted, counts[i]), $"{nameof(TileAttribute.Counts)}[{i}]");
                return null;
            }
        }

        return input with
        {
            Dimensions =
                [.. input.Dimensions.Select((extent, i) => (int)Math.Min((long)extent * counts[i], int.MaxValue))],
            IsSequence = input.IsSequence && counts[0] == 1,
        };
    }

    public override bool CanStep(BoundLayer layer) => layer.Input.IsSequence && layer.Output.IsSequence;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        int[] counts = layer.Arguments<TileAttribute>().Counts;
        if (layer.Output.Count == layer.Input.Count)
        {
            return program.View(layer, input);
        }

        int[] from = StridedWalk.StridesOf(layer.Input), to = StridedWalk.StridesOf(layer.Output);
        var walk = StridedWalk.Of(layer.Input.Dimensions.SelectMany((extent, i) => new StridedWalk.Step[]
        {
            new(counts[i], 0, extent * to[i]),
            new(extent, from[i], to[i]),
        }));
        Value result = program.Add(new StridedCopy(layer, input, start: 0, walk, program.Activation(layer)));
        if (program.PaddingOf(input)?.Dimension is { } padded)
        {
            int extent = layer.Input.Dimensions[padded];
            IEnumerable<int> places = Enumerable.Range(0, extent * counts[padded]).Select(place => place % extent);
            Primitive.KeepPadding(layer, program, input, result, padded, places);
        }

        return result;
    }
}
