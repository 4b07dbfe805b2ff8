namespace Benchmarks.Bench.Rows;

/// <summary>The three products of training.</summary>
internal enum ProductForm
{
    /// <summary>A·B, the gradient of a layer's input.</summary>
    Plain,

    /// <summary>A·Bᵀ, a layer's output.</summary>
    RightTransposed,

    /// <summary>Aᵀ·B, the gradient of a layer's weight.</summary>
    LeftTransposed,
}
