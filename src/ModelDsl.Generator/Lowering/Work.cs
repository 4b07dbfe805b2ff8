namespace ModelDsl.Generator.Lowering;

/// <summary>A number of elements, or of operations on them, part of which grows with the batch.</summary>
/// <param name="Fixed">What does not depend on the batch.</param>
/// <param name="PerSample">What each sample of the batch adds.</param>
internal readonly record struct Work(long Fixed, long PerSample)
{
    /// <summary>Nothing, as of what only moves elements.</summary>
    public static Work None { get; }

    /// <summary>Whether the number follows from the shapes alone; else it is an estimate.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>The elements of a value.</summary>
    public static Work Elements(Value value) =>
        value.Shape.IsFixed || !(value.IsPerSample || value.Kind == ValueKind.Input)
            ? new(value.Shape.LongCount, 0)
            : new(0, value.Shape.LongCount);

    /// <summary>
    /// The product of a matrix with <paramref name="rows"/>: a multiplication and an addition for each pair.
    /// </summary>
    public static Work Product(Size rows, long depth, long columns) =>
        new(2 * rows.Fixed * depth * columns, 2 * rows.PerSample * depth * columns);

    /// <summary>Both together.</summary>
    public static Work operator +(Work left, Work right) =>
        new(left.Fixed + right.Fixed, left.PerSample + right.PerSample)
        {
            IsEstimate = left.IsEstimate || right.IsEstimate,
        };

    /// <summary>The number for a batch.</summary>
    public long For(int batch) => Fixed + (PerSample * batch);
}
