namespace ModelDsl.Generator.Lowering;

/// <summary>A number of rows or floats, the batch's part of which is known only at run time.</summary>
/// <param name="Fixed">What does not depend on the batch.</param>
/// <param name="PerSample">What each sample of the batch adds.</param>
internal readonly record struct Size(int Fixed, int PerSample)
{
    /// <summary>The number of samples.</summary>
    public static Size Batch { get; } = new(0, 1);

    /// <summary>The same number for each sample.</summary>
    public static Size Times(int perSample) => new(0, perSample);

    /// <summary>The number of matrix rows that a batch of values of a shape has.</summary>
    public static Size Rows(TensorShape shape) => shape.IsFixed ? new(shape.Rows, 0) : new(0, shape.Rows);
}
