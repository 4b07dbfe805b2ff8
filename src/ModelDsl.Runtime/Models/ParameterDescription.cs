namespace ModelDsl;

/// <summary>One parameter tensor of a model.</summary>
/// <param name="Name">The tensor's name in files, such as <c>dense1.weight</c>.</param>
/// <param name="Shape">The tensor's shape; a dense layer's weight is [outputs, inputs], as in PyTorch.</param>
/// <param name="Offset">Where the tensor starts in the parameter memory, in floats.</param>
/// <param name="Initialization">How the tensor is filled before training.</param>
public sealed record ParameterDescription(string Name, Shape Shape, int Offset, Initialization Initialization)
{
    /// <summary>
    /// Whether the tensor is a statistic, such as a running mean: the forward pass updates it in training, and it has
    /// no gradient.
    /// </summary>
    public bool IsStatistic { get; init; }
}
