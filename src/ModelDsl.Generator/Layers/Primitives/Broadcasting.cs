namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>
/// The shape that several shapes are broadcast to, by the rules of NumPy: extents are equal or 1, from the last
/// dimension on, and missing leading dimensions are 1.
/// </summary>
internal static class Broadcasting
{
    /// <summary>The shape, or null after reporting that there is none.</summary>
    public static TensorShape? Infer(LayerContext layer)
    {
        TensorShape shape = layer.Input;
        for (int i = 1; i < layer.Inputs.Count; i++)
        {
            if (Join(shape, layer.Inputs[i]) is not { } joined)
            {
                layer.Report(ShapesDoNotBroadcast.Message(
                    layer.Declaration.Quoted, layer.Input, layer.InputOrigin, layer.Inputs[i],
                    layer.InputOriginAt(i)));
                return null;
            }

            shape = joined;
        }

        return shape with
        {
            IsFixed = false,
            IsTokens = false,
            IsSequence = layer.Inputs.Any(input =>
                input.IsSequence && input.Rank == shape.Rank && input.Dimensions[0] == shape.Dimensions[0]),
        };
    }

    /// <summary>
    /// Whether a step of a sequence is computed as all are: what is combined with it has a row for each step too, or is
    /// the same for all.
    /// </summary>
    public static bool CanStep(BoundLayer layer) =>
        layer.Output.IsSequence
        && layer.Inputs.All(input =>
            input.IsSequence
                ? input.Rank == layer.Output.Rank && input.Dimensions[0] == layer.Output.Dimensions[0]
                : input.IsFixed && input.Rank < layer.Output.Rank);

    /// <summary>Whether a value has all elements of a shape for each sample.</summary>
    public static bool IsWhole(TensorShape value, TensorShape shape) =>
        !value.IsFixed && value.Dimensions == shape.Dimensions;

    private static TensorShape? Join(TensorShape left, TensorShape right)
    {
        int rank = Math.Max(left.Rank, right.Rank);
        int[] extents = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            int one = ExtentOf(left, i - rank + left.Rank), other = ExtentOf(right, i - rank + right.Rank);
            if (one != other && one != 1 && other != 1)
            {
                return null;
            }

            extents[i] = Math.Max(one, other);
        }

        return new TensorShape(extents);
    }

    private static int ExtentOf(TensorShape shape, int dimension) => dimension < 0 ? 1 : shape.Dimensions[dimension];
}
