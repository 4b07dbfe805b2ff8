namespace ModelDsl;

/// <summary>A layer with a weight, and maybe a bias, that begin as its author says.</summary>
public abstract class WeightedLayerAttribute : LayerAttribute, IWeightArguments
{
    /// <summary>Whether a bias is added. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the weight is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer WeightInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>
    /// The weight where <see cref="WeightInitializer"/> is <see cref="Initializer.Constant"/>; its standard deviation where
    /// that is <see cref="Initializer.Normal"/>.
    /// </summary>
    public double WeightConstant { get; set; }

    /// <summary>
    /// The factor λ of the penalty λ·Σ|w| that training minimises along with the loss, at least 0. Default: 0. As in Keras,
    /// it is part of the training loss that is reported; evaluation gives the loss alone.
    /// </summary>
    public double WeightL1 { get; set; }

    /// <summary>
    /// The factor λ of the penalty λ·Σw² that training minimises along with the loss, at least 0. Default: 0. Its gradient
    /// is 2λ·w.
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
