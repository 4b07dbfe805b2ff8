namespace ModelDsl;

public sealed partial class Tensor
{
    /// <summary>Equal parts along a dimension, whose extent the count must divide.</summary>
    /// <param name="count">The number of parts, at least 1.</param>
    /// <param name="dimension">The dimension; by default the last.</param>
    public TensorList Split(int count, int dimension = -1) => throw IsOnlyRead();

    /// <summary>Tensors one after the other along a dimension; their other extents must be equal.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="dimension">The dimension; by default the last.</param>
    public static Tensor Concat(Tensor[] tensors, int dimension = -1) => throw IsOnlyRead();
}
