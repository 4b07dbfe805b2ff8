namespace ModelDsl;

/// <summary>
/// The mean of each channel over the whole image, or of each feature over all steps of a sequence: a vector of as many
/// elements as there are channels. Steps of padding (<see cref="InputAttribute.Padding"/>) are left out; where all are padding the
/// mean is 0.
/// </summary>
public sealed class GlobalAveragePoolAttribute : LayerAttribute;
