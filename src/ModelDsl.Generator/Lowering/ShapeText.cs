namespace ModelDsl.Generator.Lowering;

/// <summary>Shapes of whole batches, for the descriptions of operations.</summary>
internal static class ShapeText
{
    /// <summary>The rows of a batch: <c>batch</c>, or <c>batch·64</c>.</summary>
    public static string Rows(TensorShape shape) =>
        shape.IsFixed ? $"{shape.Rows}" : shape.Rows == 1 ? "batch" : $"batch·{shape.Rows}";

    /// <summary>A batch as a matrix: <c>[batch, 512]</c>.</summary>
    public static string Matrix(TensorShape shape) => $"[{Rows(shape)}, {shape.Columns}]";
}
