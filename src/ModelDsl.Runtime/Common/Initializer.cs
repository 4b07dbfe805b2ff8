namespace ModelDsl;

/// <summary>How a parameter tensor is filled before training.</summary>
public enum Initializer
{
    /// <summary>Uniform in ±√(6 / (fan in + fan out)). Glorot and Bengio (2010).</summary>
    GlorotUniform,

    /// <summary>Normal with variance 2 / (fan in + fan out). Glorot and Bengio (2010).</summary>
    GlorotNormal,

    /// <summary>Uniform in ±√(6 / fan in). He et al. (2015).</summary>
    HeUniform,

    /// <summary>Normal with variance 2 / fan in. He et al. (2015).</summary>
    HeNormal,

    /// <summary>All zeros.</summary>
    Zeros,

    /// <summary>All of one value.</summary>
    Constant,

    /// <summary>Normal with the standard deviation that the layer's constant gives.</summary>
    Normal,
}
