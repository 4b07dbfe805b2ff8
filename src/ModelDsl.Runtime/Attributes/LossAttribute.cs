namespace ModelDsl;

/// <summary>An attribute that says what a model is trained to minimise.</summary>
public abstract class LossAttribute : LayerAttribute
{
    /// <summary>What the loss and its gradient are multiplied by, at least 0. Default: 1.</summary>
    public double Weight { get; set; } = 1;
}
