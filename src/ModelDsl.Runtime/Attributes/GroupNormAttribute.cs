namespace ModelDsl;

/// <summary>
/// Normalises each sample's channels in groups by their mean and variance over the whole image, then scales and shifts
/// each channel. Wu and He, "Group Normalization" (2018). With one group this is layer normalisation of an image; with
/// as many groups as channels it is instance normalisation.
/// </summary>
/// <remarks>
/// The variance is that of the group itself (divided by its number of values),
/// as in PyTorch and Keras (whose epsilon is 1e-3).
/// </remarks>
/// <param name="groups">The number of groups; must divide the channels.</param>
public sealed class GroupNormAttribute(int groups) : LayerAttribute, IEpsilonArguments
{
    /// <summary>The number of groups.</summary>
    public int Groups { get; } = groups;

    /// <summary>What is added to the variance; positive. Default: 1e-5.</summary>
    public double Epsilon { get; set; } = 1e-5;
}
