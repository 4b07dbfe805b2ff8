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
        for (int i = 1; i < layer.Inputs.Count; i++)
        {
            if (Join(layer.Inputs.Take(i + 1)) is null)
            {
                layer.Report(ShapesDoNotBroadcast.Message(
                    layer.Declaration.Quoted, layer.Input, layer.InputOrigin, layer.Inputs[i],
                    layer.InputOriginAt(i)));
                return null;
            }
        }

        return Join(layer.Inputs);
    }

    /// <summary>The shape; null where there is none.</summary>
    public static TensorShape? Join(IEnumerable<TensorShape> operands)
    {
        TensorShape[] all = [.. operands];
        TensorShape shape = all[0];
        foreach (TensorShape operand in all.Skip(1))
        {
            if (Join(shape, operand) is not { } joined)
            {
                return null;
            }

            shape = joined;
        }

        return shape with
        {
            IsFixed = false,
            IsTokens = false,
            IsSequence = all.Any(operand => HasStepsOf(operand, shape)),
        };
    }

    /// <summary>
    /// Whether a step of a sequence is computed as all are: what is combined with it has a row for each step too, or is
    /// the same for all.
    /// </summary>
    /// <param name="output">The shape that the operands are broadcast to.</param>
    /// <param name="operands">The shapes of the operands.</param>
    public static bool CanStep(TensorShape output, IEnumerable<TensorShape> operands) =>
        output.IsSequence
        && operands.All(operand =>
            operand.IsFixed ? operand.Rank < output.Rank : operand.IsSequence && HasStepsOf(operand, output));

    /// <summary>Whether a value has all elements of a shape for each sample.</summary>
    public static bool IsWhole(TensorShape value, TensorShape shape) =>
        !value.IsFixed && value.Dimensions == shape.Dimensions;

    private static bool HasStepsOf(TensorShape operand, TensorShape shape) =>
        operand.IsSequence && operand.Rank == shape.Rank && operand.Dimensions[0] == shape.Dimensions[0];

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
