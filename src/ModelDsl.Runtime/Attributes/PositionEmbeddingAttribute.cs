namespace ModelDsl;

/// <summary>A learned vector for each step: y[step] = x[step] + weight[step], with the weight of [steps, features].</summary>
public sealed class PositionEmbeddingAttribute : LayerAttribute, IDeviationArguments
{
    /// <summary>The standard deviation of the normal distribution that the weight is drawn from, above 0. Default: 0.02.</summary>
    public double Deviation { get; set; } = 0.02;
}
