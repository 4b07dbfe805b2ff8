namespace ModelDsl.Compositions;

/// <summary>Operations that move elements.</summary>
internal static class MethodLayouts
{
    public static readonly Func<MethodDraft, DrawnLayer?>[] All =
    [
        Transpose, Step, Part, Slice, Select, Gather, Concat, Concat, Stack, Tile, Pad, ToSequence, Reshape,
    ];

    private static DrawnLayer? Transpose(MethodDraft draft)
    {
        if (draft.Take(shape => shape.Dimensions.Length > 1) is not { } x)
        {
            return null;
        }

        int rank = x.Shape.Dimensions.Length;
        int[] order = draft.Order(rank);
        return new DrawnLayer(
            $"{x.Name}.Transpose({string.Join(", ", order.Select(dimension => draft.Written(dimension, rank)))})",
            new SampleShape(
                [.. order.Select(dimension => x.Shape.Dimensions[dimension])], x.Shape.IsSequence && order[0] == 0));
    }

    private static DrawnLayer? Step(MethodDraft draft)
    {
        if (draft.Take() is not { } x)
        {
            return null;
        }

        int extent = x.Shape.Dimensions[0];
        string index = draft.Chance(0.5) ? $"{draft.Number(0, extent - 1)}" : $"^{draft.Number(1, extent)}";
        return new DrawnLayer($"{x.Name}[{index}]", x.Shape.Without(0));
    }

    private static DrawnLayer? Part(MethodDraft draft)
    {
        if (draft.Take(shape => shape.Dimensions[0] > 2) is not { } x)
        {
            return null;
        }

        int extent = x.Shape.Dimensions[0];
        int cut = draft.Number(1, extent - 1);
        (string range, int count) = draft.Number(0, 3) switch
        {
            0 => ($"{cut}..", extent - cut),
            1 => ($"..{cut}", cut),
            2 => ($"^{cut}..", cut),
            _ => ($"1..^1", extent - 2),
        };
        return new DrawnLayer($"{x.Name}[{range}]", x.Shape.With(0, count));
    }

    private static DrawnLayer? Slice(MethodDraft draft)
    {
        if (draft.Take() is not { } x)
        {
            return null;
        }

        int rank = x.Shape.Dimensions.Length, dimension = draft.Number(0, rank - 1), extent =
            x.Shape.Dimensions[dimension];
        int start = draft.Number(0, extent - 1), end = draft.Number(start + 1, extent), step = draft.Number(1, 2);
        return new DrawnLayer(
            $"{x.Name}.Slice({start}, {end}, {step}, dimension: {draft.Written(dimension, rank)})",
            x.Shape.With(dimension, ((end - start - 1) / step) + 1));
    }

    private static DrawnLayer? Select(MethodDraft draft)
    {
        if (draft.Take() is not { } x)
        {
            return null;
        }

        int rank = x.Shape.Dimensions.Length, dimension = draft.Number(0, rank - 1), extent =
            x.Shape.Dimensions[dimension];
        return new DrawnLayer(
            $"{x.Name}.Select({draft.Written(draft.Number(0, extent - 1), extent)}, {draft.Written(dimension, rank)})",
            x.Shape.Without(dimension));
    }

    private static DrawnLayer? Gather(MethodDraft draft)
    {
        if (draft.Take() is not { } x)
        {
            return null;
        }

        int rank = x.Shape.Dimensions.Length, dimension = draft.Number(0, rank - 1), count = draft.Number(1, 4);
        int extent = x.Shape.Dimensions[dimension];
        IEnumerable<int> indices = Enumerable.Range(0, count).Select(_ => draft.Number(0, extent - 1)).ToArray();
        SampleShape shape = x.Shape.With(dimension, count);
        return new DrawnLayer(
            $"{x.Name}.Gather([{string.Join(", ", indices)}], {draft.Written(dimension, rank)})",
            shape with { IsSequence = shape.IsSequence && dimension > 0 });
    }

    private static DrawnLayer? Concat(MethodDraft draft)
    {
        if (draft.Take() is not { } x)
        {
            return null;
        }

        int rank = x.Shape.Dimensions.Length, dimension = draft.Number(0, rank - 1);
        bool Fits(SampleShape shape) => shape.Dimensions.Length == rank
            && shape.With(dimension, 1).Dimensions.SequenceEqual(x.Shape.With(dimension, 1).Dimensions);
        if (draft.Take(Fits) is not { } second || draft.Take(Fits) is not { } third)
        {
            return null;
        }

        string list = $"{x.Name}, {second.Name}, {third.Name}", written = draft.Written(dimension, rank);
        return new DrawnLayer(
            draft.Chance(0.5) ? $"({list}).Concat({written})" : $"Tensor.Concat([{list}], dimension: {written})",
            Joined(
                x.Shape.With(dimension, x.Shape.Dimensions[dimension] + second.Shape.Dimensions[dimension]
                    + third.Shape.Dimensions[dimension]),
                x.Shape, second.Shape, third.Shape));
    }

    private static DrawnLayer? Stack(MethodDraft draft)
    {
        if (draft.Take(shape => shape.Dimensions.Length < 3) is not { } x
            || draft.Take(shape => shape.Dimensions.SequenceEqual(x.Shape.Dimensions)) is not { } other)
        {
            return null;
        }

        int rank = x.Shape.Dimensions.Length + 1, dimension = draft.Number(0, rank - 1);
        var shape = new SampleShape(x.Shape.Dimensions.Insert(dimension, 2));
        return new DrawnLayer(
            $"Tensor.Stack([{x.Name}, {other.Name}], {draft.Written(dimension, rank)})",
            dimension == 0 ? shape : Joined(shape, x.Shape, other.Shape));
    }

    private static DrawnLayer? Tile(MethodDraft draft)
    {
        if (draft.Take() is not { } x)
        {
            return null;
        }

        int[] counts = [.. x.Shape.Dimensions.Select(_ => draft.Number(1, 2))];
        return new DrawnLayer(
            $"{x.Name}.Tile({string.Join(", ", counts)})",
            new SampleShape(
                [.. x.Shape.Dimensions.Select((extent, i) => extent * counts[i])], x.Shape.IsSequence
                    && counts[0] == 1));
    }

    private static DrawnLayer? Pad(MethodDraft draft)
    {
        if (draft.Take() is not { } x)
        {
            return null;
        }

        string mode = draft.Choose("", "", ", PadMode.Edge", ", PadMode.Reflect", ", value: 0.5");
        int Margin(int extent) =>
            mode.EndsWith("Reflect", StringComparison.Ordinal) && extent == 1 ? 0 : draft.Number(0, 1);
        int[] before = [.. x.Shape.Dimensions.Select(Margin)], after = [.. x.Shape.Dimensions.Select(Margin)];
        return new DrawnLayer(
            $"{x.Name}.Pad([{string.Join(", ", before)}], [{string.Join(", ", after)}]{mode})",
            new SampleShape(
                [.. x.Shape.Dimensions.Select((extent, i) => before[i] + extent + after[i])],
                x.Shape.IsSequence && before[0] + after[0] == 0));
    }

    private static DrawnLayer? ToSequence(MethodDraft draft)
    {
        if (draft.Take(shape => !shape.IsSequence && shape.Dimensions.Length < 4) is not { } x)
        {
            return null;
        }

        int columns = x.Shape.Dimensions.Length == 1 ? 1 : x.Shape.Columns;
        return new DrawnLayer($"{x.Name}.ToSequence()", SampleShape.Sequence(x.Shape.Count / columns, columns));
    }

    private static DrawnLayer? Reshape(MethodDraft draft) => draft.Take() is { } x
        ? new DrawnLayer($"{x.Name}.Reshape(-1, {x.Shape.Columns})",
            SampleShape.Of(x.Shape.Count / x.Shape.Columns, x.Shape.Columns))
        : null;

    private static SampleShape Joined(SampleShape shape, params SampleShape[] parts) =>
        shape with { IsSequence = parts.All(part => part.IsSequence) };
}
