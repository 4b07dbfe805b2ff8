namespace ModelDsl;

/// <summary>A learned vector for each token: y[step] = weight[token of the step], with the weight of [vocabulary, width].</summary>
/// <param name="vocabulary">The number of different tokens, at least 1: tokens run from 0 to vocabulary - 1.</param>
/// <param name="width">The number of features of a token, at least 1.</param>
public sealed class EmbeddingAttribute(int vocabulary, int width) : LayerAttribute,
        IPenalizedArguments, IDeviationArguments
{
    /// <summary>The number of different tokens.</summary>
    public int Vocabulary { get; } = vocabulary;

    /// <summary>The number of features of a token.</summary>
    public int Width { get; } = width;

    /// <summary>The standard deviation of the normal distribution that the weight is drawn from, above 0. Default: 0.02.</summary>
    public double Deviation { get; set; } = 0.02;

    /// <summary>
    /// The factor λ of the penalty λ·Σ|w| that training minimises along with the loss, at least 0. Default: 0. As in Keras, it is
    /// part of the training loss that is reported; evaluation gives the loss alone.
    /// </summary>
    public double WeightL1 { get; set; }

    /// <summary>
    /// The factor λ of the penalty λ·Σw² that training minimises along with the loss, at least 0. Default: 0. Its gradient is 2λ·w.
    /// </summary>
    public double WeightL2 { get; set; }
}
