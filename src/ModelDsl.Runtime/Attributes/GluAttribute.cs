namespace ModelDsl;

/// <summary>
/// A gated linear unit: halves the last dimension into a and b, and gives a·sigmoid(b). Dauphin et al., "Language
/// Modeling with Gated Convolutional Networks" (2017). PyTorch's GLU.
/// </summary>
public sealed class GluAttribute : LayerAttribute;
