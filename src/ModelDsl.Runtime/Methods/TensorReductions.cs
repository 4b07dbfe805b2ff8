namespace ModelDsl;

// One number for all elements along some dimensions.
public sealed partial class Tensor
{
    /// <summary>The sum of the elements along some dimensions.</summary>
    /// <param name="dimensions">The dimensions, which disappear; all where none are given.</param>
    public Tensor Sum(params int[] dimensions) => throw IsOnlyRead();

    /// <inheritdoc cref="Sum(int[])"/>
    /// <param name="dimensions">The dimensions; all where there are none.</param>
    /// <param name="keepDimensions">Whether they stay with an extent of 1.</param>
    public Tensor Sum(int[] dimensions, bool keepDimensions) => throw IsOnlyRead();

    /// <summary>The mean of the elements along some dimensions.</summary>
    /// <param name="dimensions">The dimensions, which disappear; all where none are given.</param>
    public Tensor Mean(params int[] dimensions) => throw IsOnlyRead();

    /// <inheritdoc cref="Mean(int[])"/>
    /// <param name="dimensions">The dimensions; all where there are none.</param>
    /// <param name="keepDimensions">Whether they stay with an extent of 1.</param>
    public Tensor Mean(int[] dimensions, bool keepDimensions) => throw IsOnlyRead();

    /// <summary>
    /// The largest element along some dimensions, NaN where one is NaN. The gradient goes to the first of several that
    /// are equal; PyTorch's
    /// <c>amax</c> shares it among them.
    /// </summary>
    /// <param name="dimensions">The dimensions, which disappear; all where none are given.</param>
    public Tensor Max(params int[] dimensions) => throw IsOnlyRead();

    /// <inheritdoc cref="Max(int[])"/>
    /// <param name="dimensions">The dimensions; all where there are none.</param>
    /// <param name="keepDimensions">Whether they stay with an extent of 1.</param>
    public Tensor Max(int[] dimensions, bool keepDimensions) => throw IsOnlyRead();

    /// <summary>
    /// The smallest element along some dimensions, NaN where one is NaN. The gradient goes to the first of several that
    /// are equal; PyTorch's <c>amin</c> shares it among them.
    /// </summary>
    /// <param name="dimensions">The dimensions, which disappear; all where none are given.</param>
    public Tensor Min(params int[] dimensions) => throw IsOnlyRead();

    /// <inheritdoc cref="Min(int[])"/>
    /// <param name="dimensions">The dimensions; all where there are none.</param>
    /// <param name="keepDimensions">Whether they stay with an extent of 1.</param>
    public Tensor Min(int[] dimensions, bool keepDimensions) => throw IsOnlyRead();

    /// <summary>√Σ x² along some dimensions. The gradient at 0 is 0.</summary>
    /// <param name="dimensions">The dimensions, which disappear; all where none are given.</param>
    public Tensor Norm(params int[] dimensions) => throw IsOnlyRead();

    /// <inheritdoc cref="Norm(int[])"/>
    /// <param name="dimensions">The dimensions; all where there are none.</param>
    /// <param name="keepDimensions">Whether they stay with an extent of 1.</param>
    public Tensor Norm(int[] dimensions, bool keepDimensions) => throw IsOnlyRead();

    /// <summary>log Σ exp(x) along some dimensions, without overflow.</summary>
    /// <param name="dimensions">The dimensions, which disappear; all where none are given.</param>
    public Tensor LogSumExp(params int[] dimensions) => throw IsOnlyRead();

    /// <inheritdoc cref="LogSumExp(int[])"/>
    /// <param name="dimensions">The dimensions; all where there are none.</param>
    /// <param name="keepDimensions">Whether they stay with an extent of 1.</param>
    public Tensor LogSumExp(int[] dimensions, bool keepDimensions) => throw IsOnlyRead();

    /// <summary>
    /// The mean of (x - mean)² along some dimensions, as numpy and Keras have it; PyTorch's <c>var</c> is
    /// <paramref name="unbiased"/> by default.
    /// </summary>
    /// <param name="dimensions">The dimensions; all where there are none.</param>
    /// <param name="keepDimensions">Whether they stay with an extent of 1 or disappear.</param>
    /// <param name="unbiased">Whether the sum is divided by one less than the number of elements.</param>
    public Tensor Variance(int[]? dimensions = null, bool keepDimensions = false, bool unbiased = false) => throw IsOnlyRead();

    /// <summary>exp(x) / Σ exp(x) along a dimension.</summary>
    /// <param name="dimension">The dimension.</param>
    public Tensor Softmax(int dimension) => throw IsOnlyRead();

    /// <summary>x - log Σ exp(x) along a dimension.</summary>
    /// <param name="dimension">The dimension.</param>
    public Tensor LogSoftmax(int dimension) => throw IsOnlyRead();

    /// <summary>The sums of the elements up to each one along a dimension.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="exclusive">Whether an element is not part of its own sum.</param>
    /// <param name="reverse">Whether the sums go from each element to the end.</param>
    public Tensor CumSum(int dimension, bool exclusive = false, bool reverse = false) => throw IsOnlyRead();
}
