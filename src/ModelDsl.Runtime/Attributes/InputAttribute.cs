namespace ModelDsl;

/// <summary>The shape of one sample. The first stage of every model.</summary>
/// <param name="dimensions">The extents, outermost first: <c>Input(28, 28)</c>. Each is at least 1.</param>
public sealed class InputAttribute(params int[] dimensions) : LayerAttribute
{
    /// <summary>The extents, outermost first.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;

    /// <summary>What the elements are. Tokens have one dimension, the steps, and are read by an embedding.</summary>
    public ElementType Type { get; set; }

    /// <summary>
    /// The token that fills up sequences that are shorter than the model's, from 0: attention does not see its steps,
    /// <see cref="GlobalAveragePoolAttribute"/> takes the mean over the others, and recurrent layers
    /// (<see cref="RecurrentAttribute"/>) keep their state. In forward methods, sums, means and softmax over the steps
    /// leave them out, and they stay padding where steps are moved, cut or joined. All other layers, such as
    /// <see cref="Conv1DAttribute"/> and <see cref="MaxPool1DAttribute"/>, read them like words. Outputs for such steps
    /// are computed all the same: exclude them from the loss with
    /// <see cref="SoftmaxCrossEntropyAttribute.IgnoredLabel"/>. Only for <see cref="ElementType.Token"/>. Default:
    /// none.
    /// </summary>
    public int Padding { get; set; } = -1;

    /// <summary>
    /// Whether the first of two dimensions counts steps in time, so that layers for vectors work on each step. Default:
    /// false.
    /// </summary>
    public bool Sequence { get; set; }
}
