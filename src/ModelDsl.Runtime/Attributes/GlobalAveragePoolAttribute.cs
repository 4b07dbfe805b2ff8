namespace ModelDsl;

/// <summary>
/// The mean of each channel over the whole image, or of each feature over all steps of a sequence: a vector of as many
/// elements as there are channels.
/// </summary>
public sealed class GlobalAveragePoolAttribute : LayerAttribute;
