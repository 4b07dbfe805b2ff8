namespace ModelDsl;

// Operations that move elements and compute nothing.
public sealed partial class Tensor
{
    /// <summary>The dimensions in another order, as numpy's <c>transpose</c>.</summary>
    /// <param name="dimensions">
    /// The dimensions of this tensor in the order that they have in the result, each once.
    /// </param>
    public Tensor Transpose(params int[] dimensions) => throw IsOnlyRead();

    /// <summary>A range of one dimension.</summary>
    /// <param name="start">The first index; negative ones count from the end.</param>
    /// <param name="end">
    /// The index behind the last; negative ones count from the end. By default it goes to the last.
    /// </param>
    /// <param name="step">The distance from index to index, at least 1.</param>
    /// <param name="dimension">The dimension.</param>
    public Tensor Slice(int start, int end = int.MaxValue, int step = 1, int dimension = 0) => throw IsOnlyRead();

    /// <summary>
    /// The tensor of one index of a dimension, which disappears. Of a sequence's steps it is one step.
    /// </summary>
    /// <param name="index">The index; negative ones count from the end.</param>
    /// <param name="dimension">The dimension.</param>
    public Tensor Select(int index, int dimension = 0) => throw IsOnlyRead();

    /// <summary>The tensors of some indices of a dimension, in the order of the indices, which may repeat.</summary>
    /// <param name="indices">The indices; negative ones count from the end.</param>
    /// <param name="dimension">The dimension.</param>
    public Tensor Gather(int[] indices, int dimension = 0) => throw IsOnlyRead();

    /// <summary>Equal parts along a dimension, whose extent the count must divide.</summary>
    /// <param name="count">The number of parts, at least 1.</param>
    /// <param name="dimension">The dimension; by default the last.</param>
    public TensorList Split(int count, int dimension = -1) => throw IsOnlyRead();

    /// <summary>The tensor several times along each dimension, as numpy's <c>tile</c>.</summary>
    /// <param name="counts">How often, for each dimension.</param>
    public Tensor Tile(params int[] counts) => throw IsOnlyRead();

    /// <summary>A border around the tensor.</summary>
    /// <param name="before">What is added before each dimension, for each at least 0.</param>
    /// <param name="after">What is added behind each dimension, for each at least 0.</param>
    /// <param name="mode">What stands in the border.</param>
    /// <param name="value">The number in a constant border.</param>
    public Tensor Pad(int[] before, int[] after, PadMode mode = PadMode.Constant, double value = 0) => throw IsOnlyRead();

    /// <summary>Tensors one after the other along a dimension; their other extents must be equal.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="dimension">The dimension; by default the last.</param>
    public static Tensor Concat(Tensor[] tensors, int dimension = -1) => throw IsOnlyRead();

    /// <summary>Tensors of equal shapes along a new dimension.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="dimension">The number of the dimension in the result.</param>
    public static Tensor Stack(Tensor[] tensors, int dimension = 0) => throw IsOnlyRead();
}
