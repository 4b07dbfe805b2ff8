namespace ModelDsl.Tests.Reference.Methods;

// The same elements in other places.
public sealed partial class ReferenceTensor
{
    public ReferenceTensor Reshape(params int[] dimensions)
    {
        int known = CountOf(dimensions.Where(extent => extent != -1));
        return Make([this], dimensions.Select(extent => extent == -1 ? CountOf(Shape) / known : extent), x => x[0]);
    }

    public ReferenceTensor Transpose(params int[] dimensions)
    {
        int[] order = [.. dimensions.Select(dimension => Counted(dimension, Shape.Length))];
        return Move(order.Select(dimension => Shape[dimension]), place =>
        {
            int[] source = new int[place.Length];
            for (int i = 0; i < place.Length; i++)
            {
                source[order[i]] = place[i];
            }

            return source;
        });
    }

    public ReferenceTensor Slice(int start, int end = int.MaxValue, int step = 1, int dimension = 0)
    {
        dimension = Counted(dimension, Shape.Length);
        int extent = Shape[dimension];
        int first = Counted(start, extent), last = end == int.MaxValue ? extent : Counted(end, extent);
        return Gather([.. Enumerable.Range(0, extent).Where(i => i >= first && i < last && (i - first) % step == 0)],
            dimension);
    }

    public ReferenceTensor Select(int index, int dimension = 0)
    {
        dimension = Counted(dimension, Shape.Length);
        ReferenceTensor one = Gather([Counted(index, Shape[dimension])], dimension);
        return one.Reshape(Shape.Length == 1 ? [1] : [.. Shape.Where((_, i) => i != dimension)]);
    }

    public ReferenceTensor Gather(int[] indices, int dimension = 0)
    {
        dimension = Counted(dimension, Shape.Length);
        return Move(
            With(Shape, dimension, indices.Length),
            place => With(place, dimension, Counted(indices[place[dimension]], Shape[dimension])));
    }

    public ReferenceTensorList Split(int count, int dimension = -1)
    {
        dimension = Counted(dimension, Shape.Length);
        int size = Shape[dimension] / count;
        return new ReferenceTensorList(
            [.. Enumerable.Range(0, count).Select(i => Slice(i * size, (i + 1) * size, 1, dimension))]);
    }

    public ReferenceTensor Tile(params int[] counts) => Move(
        Shape.Select((extent, i) => extent * counts[i]), place => [.. place.Select((one, i) => one % Shape[i])]);

    public ReferenceTensor Pad(int[] before, int[] after, PadMode mode = PadMode.Constant, double value = 0) => Move(
        Shape.Select((extent, i) => before[i] + extent + after[i]),
        place =>
        {
            int[] source = [.. place.Select((one, i) => Bordered(one - before[i], Shape[i], mode))];
            return source.Any(index => index < 0) ? null : source;
        },
        value);

    public ReferenceTensor ToSequence() =>
        Shape.Length == 3 ? Reshape(-1, Shape[2]) : Shape.Length == 1 ? Reshape(-1, 1) : Reshape(Shape);

    public static ReferenceTensor Concat(ReferenceTensor[] tensors, int dimension = -1)
    {
        int[] shape = tensors[0].Shape;
        dimension = Counted(dimension, shape.Length);
        int outer = CountOf(shape.Take(dimension));
        return Make(tensors, With(shape, dimension, tensors.Sum(tensor => tensor.Shape[dimension])), x =>
        [
            .. Enumerable.Range(0, outer).SelectMany(row => x.SelectMany(part =>
                part.Skip(part.Length / outer * row).Take(part.Length / outer))),
        ]);
    }

    public static ReferenceTensor Stack(ReferenceTensor[] tensors, int dimension = 0)
    {
        int[] shape = tensors[0].Shape;
        dimension = Counted(dimension, shape.Length + 1);
        return Concat(
            [.. tensors.Select(tensor => tensor.Reshape([.. shape[..dimension], 1, .. shape[dimension..]]))],
                dimension);
    }

    // The place within a dimension that is seen at one beside it; -1 for none.
    private static int Bordered(int place, int extent, PadMode mode) => mode switch
    {
        _ when place >= 0 && place < extent => place,
        PadMode.Constant => -1,
        PadMode.Edge => place < 0 ? 0 : extent - 1,
        _ => place < 0 ? -place : (2 * (extent - 1)) - place,
    };
}
