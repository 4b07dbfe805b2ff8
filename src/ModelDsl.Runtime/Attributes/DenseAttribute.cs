namespace ModelDsl;

/// <summary>A fully connected layer: y = x·Wᵀ + b, with W of [units, inputs].</summary>
/// <param name="units">The number of outputs, at least 1.</param>
public sealed class DenseAttribute(int units) : LayerAttribute, IWeightArguments
{
    /// <summary>The number of outputs.</summary>
    public int Units { get; } = units;

    /// <summary>Whether a bias is added. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>
    /// The name of an earlier layer whose weight this one uses too, such as <c>"embedding1"</c>: one parameter, trained by both
    /// and saved once, under that layer's name. It names a layer of the same model or block, or by its path one elsewhere in
    /// the model (<c>"residual1.dense1"</c>), with a weight of [units, inputs]: an <see cref="EmbeddingAttribute"/> or a dense
    /// layer. Press and Wolf, "Using the output embedding to improve language models" (2017). Default: null, a weight of its
    /// own.
    /// </summary>
    public string? TiedTo { get; set; }

    /// <summary>How the weight is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer WeightInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>
    /// The weight where <see cref="WeightInitializer"/> is <see cref="Initializer.Constant"/>; its standard deviation where
    /// that is <see cref="Initializer.Normal"/>.
    /// </summary>
    public double WeightConstant { get; set; }

    /// <summary>
    /// The factor λ of the penalty λ·Σ|w| that training minimises along with the loss, at least 0. Default: 0. As in Keras, it is
    /// part of the training loss that is reported; evaluation gives the loss alone.
    /// </summary>
    public double WeightL1 { get; set; }

    /// <summary>
    /// The factor λ of the penalty λ·Σw² that training minimises along with the loss, at least 0. Default: 0. Its gradient is 2λ·w.
    /// </summary>
    public double WeightL2 { get; set; }

    /// <summary>How the bias is filled before training. Default: <see cref="Initializer.Zeros"/>.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>
    /// The bias where <see cref="BiasInitializer"/> is <see cref="Initializer.Constant"/>; its standard deviation where that
    /// is <see cref="Initializer.Normal"/>.
    /// </summary>
    public double BiasConstant { get; set; }
}
