namespace ModelDsl;

/// <summary>Operations of several tensors, in the forward method of a model or block.</summary>
public static class TensorTuples
{
    /// <inheritdoc cref="Tensor.Concat(Tensor[], int)"/>
    public static Tensor Concat(this (Tensor First, Tensor Second) tensors, int dimension = -1) => throw Tensor.IsOnlyRead();

    /// <inheritdoc cref="Tensor.Concat(Tensor[], int)"/>
    public static Tensor Concat(this (Tensor First, Tensor Second, Tensor Third) tensors, int dimension = -1) =>
        throw Tensor.IsOnlyRead();

    /// <inheritdoc cref="Tensor.Concat(Tensor[], int)"/>
    public static Tensor Concat(this (Tensor First, Tensor Second, Tensor Third, Tensor Fourth) tensors, int dimension = -1) =>
        throw Tensor.IsOnlyRead();
}
