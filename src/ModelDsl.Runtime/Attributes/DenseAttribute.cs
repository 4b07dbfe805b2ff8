namespace ModelDsl;

/// <summary>A fully connected layer: y = x·Wᵀ + b, with W of [units, inputs].</summary>
/// <param name="units">The number of outputs, at least 1.</param>
public sealed class DenseAttribute(int units) : WeightedLayerAttribute
{
    /// <summary>The number of outputs.</summary>
    public int Units { get; } = units;

    /// <summary>
    /// The name of an earlier layer whose weight this one uses too, such as <c>"embedding1"</c>: one parameter, trained by both
    /// and saved once, under that layer's name. It names a layer of the same model or block, or by its path one elsewhere in
    /// the model (<c>"residual1.dense1"</c>), with a weight of [units, inputs]: an <see cref="EmbeddingAttribute"/> or a dense
    /// layer. Press and Wolf, "Using the output embedding to improve language models" (2017). Default: null, a weight of its
    /// own.
    /// </summary>
    public string? TiedTo { get; set; }
}
